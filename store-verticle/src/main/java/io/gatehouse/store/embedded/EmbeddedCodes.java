package io.gatehouse.store.embedded;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.ClientJwtStatement;
import io.gatehouse.common.message.Codes.PutBySession;
import io.gatehouse.common.message.Codes.PutRefusal;
import io.gatehouse.common.message.Codes.SessionPutting;
import io.gatehouse.common.message.Codes.Take;
import io.gatehouse.common.message.Codes.TakeRefusal;
import io.gatehouse.common.model.AuthorizationCode;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Consent;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.SessionId;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.User;
import io.gatehouse.store.CodeOrder;
import io.gatehouse.store.CodeResult;
import io.gatehouse.store.CodeRules;
import io.gatehouse.store.CodeRules.Verdict;
import io.gatehouse.store.Denials;
import io.gatehouse.store.GrantStore;
import io.gatehouse.store.LoginKey;
import io.gatehouse.store.LoginRules;
import io.gatehouse.store.RotationRules;
import io.gatehouse.store.SessionCodeOrder;
import io.gatehouse.store.SessionRules;
import io.gatehouse.store.copy.SpentValue;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

final class EmbeddedCodes implements GrantStore.Codes {
    private final Writer writer;
    private final DenialLog log;
    private final SessionRules rules;

    EmbeddedCodes(Writer writer, DenialLog log, SessionRules rules) {
        this.writer = writer;
        this.log = log;
        this.rules = rules;
    }

    @Override
    public Future<@Nullable PutRefusal> put(CodeOrder order, Instant now) {
        return writer.submit(tables -> put(tables, order, now));
    }

    /** The JWT is spent by being presented, also where user or client are refused. */
    private static @Nullable PutRefusal put(Tables tables, CodeOrder order, Instant now) {
        ClientJwtStatement statement = order.statement();
        SpentValue jwt = SpentValue.of(statement);
        if (jwt != null && !SpentTable.spend(tables, jwt, now)) {
            return PutRefusal.REPLAYED;
        }
        Client client = tables.client(statement.tenant(), statement.clientId());
        if (client == null || !RotationRules.stands(client, statement.clientEpoch())) {
            return PutRefusal.CLIENT_REFUSED;
        }
        User user = user(tables, statement);
        if (user == null || !RotationRules.stands(user, user.epoch())) {
            return PutRefusal.SUBJECT_REFUSED;
        }
        putNew(tables, order.code(user, client, now));
        return null;
    }

    private static @Nullable User user(Tables tables, ClientJwtStatement statement) {
        LoginName name = statement.user() == null ? administrator(tables, statement.tenant()) : statement.user();
        if (name == null) {
            return null;
        }
        User user = tables.named(statement.tenant(), LoginKey.of(name));
        return user != null && LoginRules.mayBeNamedBy(name.kind(), user.profile()) ? user : null;
    }

    private static @Nullable LoginName administrator(Tables tables, String id) {
        Tenant tenant = tables.tenants.get(RowKey.of(id));
        return tenant == null || tenant.administrator() == null
                ? null
                : new LoginName(LoginName.Kind.USERNAME, tenant.administrator());
    }

    @Override
    public Future<SessionPutting> put(SessionCodeOrder order, Instant now) {
        return writer.submit(tables -> put(tables, order, now));
    }

    private SessionPutting put(Tables tables, SessionCodeOrder order, Instant now) {
        PutBySession request = order.request();
        String tenant = request.tenant();
        Session session = tables.session(tenant, request.session().id());
        User user = session == null ? null : tables.user(tenant, session.subject());
        Client client = tables.client(tenant, request.clientId());
        Consent consent = session == null ? null : tables.consent(tenant, session.subject(), request.clientId());
        return switch (rules.decide(order, session, user, client, consent, now)) {
            case SessionRules.Verdict.LoginRequired loginRequired -> new SessionPutting.LoginRequired();
            case SessionRules.Verdict.ClientRefused refused -> new SessionPutting.ClientRefused();
            case SessionRules.Verdict.ConsentRequired required ->
                new SessionPutting.ConsentRequired(
                        request.session().id().sid(),
                        Objects.requireNonNull(user).profile(),
                        required.remembered(),
                        required.epoch());
            case SessionRules.Verdict.Write write -> {
                write(tables, write);
                yield new SessionPutting.Stored(request.session().id().sid(), request.expiresAt());
            }
        };
    }

    /** A spent one must not become as good as new. */
    private static void putNew(Tables tables, AuthorizationCode code) {
        if (tables.code(code.tenant(), code.id()) != null) {
            throw new OAuthError.Conflict("code").failure();
        }
        tables.put(code);
    }

    private static void write(Tables tables, SessionRules.Verdict.Write write) {
        putNew(tables, write.code());
        if (write.session() != null) {
            SessionTable.put(tables, write.session());
        }
        if (write.consent() != null) {
            tables.put(write.consent());
        }
    }

    @Override
    public Future<CodeResult> take(Take request, Instant now) {
        return writer.submit(tables -> take(tables, request, now));
    }

    private CodeResult take(Tables tables, Take request, Instant now) {
        AuthorizationCode code = tables.code(request.tenant(), request.code());
        if (code != null && isStranger(tables, request, code)) {
            return new CodeResult.Refused(TakeRefusal.FOREIGN, List.of());
        }
        User user = code == null ? null : tables.user(code.tenant(), code.subject());
        Client client = code == null ? null : tables.client(code.tenant(), code.clientId());
        Session session = code == null ? null : session(tables, code);
        Consent consent = code == null ? null : tables.consent(code.tenant(), code.subject(), code.clientId());
        Verdict verdict = CodeRules.decide(request, code, user, client, session, consent, now);
        if (verdict instanceof Verdict.Refuse refuse) {
            return new CodeResult.Refused(refuse.reason(), List.of());
        }
        AuthorizationCode found = Objects.requireNonNull(code);
        return switch (verdict) {
            case Verdict.Redeem redeem -> {
                tables.put(found.taken(now));
                yield new CodeResult.Redeemed(found, Objects.requireNonNull(user), Objects.requireNonNull(client));
            }
            case Verdict.Burn burn -> {
                tables.put(found.taken(now));
                yield new CodeResult.Refused(burn.reason(), List.of());
            }
            case Verdict.Replay replay -> new CodeResult.Refused(TakeRefusal.REPLAYED, end(tables, found, now));
            case Verdict.Refuse refuse -> new CodeResult.Refused(refuse.reason(), List.of());
        };
    }

    private static @Nullable Session session(Tables tables, AuthorizationCode code) {
        SessionId id = code.sessionId() == null ? null : SessionId.parse(code.sessionId());
        return id == null ? null : tables.session(code.tenant(), id);
    }

    /** A public client only names itself: whoever saw a code could spend it under such a name. */
    private static boolean isStranger(Tables tables, Take request, AuthorizationCode code) {
        if (code.clientId().equals(request.clientId())) {
            return false;
        }
        Client presenter = tables.client(request.tenant(), request.clientId());
        return presenter == null || presenter.isPublic();
    }

    private List<SequencedDenial> end(Tables tables, AuthorizationCode code, Instant now) {
        Grant written = tables.grant(code.tenant(), code.grant());
        if (written != null && written.revokedAt() != null) {
            return List.of();
        }
        Grant ended = written == null ? CodeRules.ended(code, now) : written.revoked(now);
        List<SequencedDenial> denials = log.append(tables, Denials.of(ended, now), now);
        tables.put(ended);
        return denials;
    }
}
