package io.gatehouse.store.embedded;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.model.Consent;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.SessionId;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.common.model.User;
import io.gatehouse.store.Denials;
import io.gatehouse.store.PendingLogout;
import io.gatehouse.store.SessionBegun;
import io.gatehouse.store.SessionOverview;
import io.gatehouse.store.SessionRows;
import io.gatehouse.store.SessionRules;
import io.gatehouse.store.SessionStore;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class EmbeddedSessions implements SessionStore.Sessions {
    private final Writer writer;
    private final DenialLog log;

    EmbeddedSessions(Writer writer, DenialLog log) {
        this.writer = writer;
        this.log = log;
    }

    @Override
    public Future<SessionBegun> begin(Session fresh, @Nullable SessionProof current, Instant now) {
        return writer.submit(tables -> begin(tables, fresh, current, now));
    }

    private SessionBegun begin(Tables tables, Session fresh, @Nullable SessionProof current, Instant now) {
        SessionRows rows = current == null ? null : rows(tables, fresh.tenant(), current, now);
        Session before = rows == null ? null : rows.session();
        boolean goesOn = before != null && before.subject().equals(fresh.subject());
        List<SequencedDenial> denials = before == null || goesOn ? List.of() : end(tables, before, now);
        Session next = before != null && goesOn ? before.renewed(fresh) : fresh;
        SessionTable.put(tables, next);
        User user = tables.user(fresh.tenant(), fresh.subject());
        if (user != null) {
            tables.put(UserRow.loggedIn(user, now));
        }
        return new SessionBegun(next, denials);
    }

    @Override
    public Future<@Nullable SessionRows> find(String tenant, SessionProof session, Instant now) {
        return writer.submit(tables -> rows(tables, tenant, session, now));
    }

    static @Nullable SessionRows rows(Tables tables, String tenant, SessionProof proof, Instant now) {
        Session session = tables.session(tenant, proof.id());
        User user = session == null ? null : tables.user(tenant, session.subject());
        return session != null && user != null && SessionRules.stands(session, proof, user, now)
                ? new SessionRows(session, user)
                : null;
    }

    @Override
    public Future<Void> use(String tenant, SessionProof session, Instant now, Instant idleUntil) {
        return writer.submit(tables -> {
            SessionRows rows = rows(tables, tenant, session, now);
            if (rows != null && now.isAfter(rows.session().lastUsedAt())) {
                SessionTable.put(tables, rows.session().used(now, idleUntil));
            }
            return null;
        });
    }

    @Override
    public Future<@Nullable SessionOverview> overview(String tenant, SessionProof session, Instant now) {
        return writer.submit(tables -> {
            SessionRows rows = rows(tables, tenant, session, now);
            return rows == null ? null : EmbeddedOverview.of(tables, rows, now);
        });
    }

    @Override
    public Future<@Nullable List<SequencedDenial>> end(
            String tenant, SessionProof session, @Nullable SessionId other, Instant now) {
        return writer.submit(tables -> {
            SessionRows rows = rows(tables, tenant, session, now);
            Session ending = rows == null ? null : ending(tables, rows.session(), other);
            return ending == null ? null : end(tables, ending, now);
        });
    }

    private static @Nullable Session ending(Tables tables, Session own, @Nullable SessionId other) {
        Session ending = other == null ? own : tables.session(own.tenant(), other);
        return ending != null && ending.subject().equals(own.subject()) ? ending : null;
    }

    private List<SequencedDenial> end(Tables tables, Session session, Instant now) {
        List<SequencedDenial> denials = log.append(tables, Denials.of(session, now), now);
        remove(tables, session, now);
        return denials;
    }

    static void remove(Tables tables, Session session, Instant now) {
        SessionTable.remove(tables, session);
        session.listeners().forEach(client -> LogoutTable.add(tables, PendingLogout.of(session, client, now)));
    }

    @Override
    public Future<@Nullable List<SequencedDenial>> withdraw(
            String tenant, SessionProof session, String clientId, Instant now) {
        return writer.submit(tables -> {
            SessionRows rows = rows(tables, tenant, session, now);
            Consent consent =
                    rows == null ? null : tables.consent(tenant, rows.session().subject(), clientId);
            if (consent == null || !consent.holds()) {
                return null;
            }
            Consent withdrawn = consent.withdrawn();
            List<SequencedDenial> denials = log.append(tables, Denials.of(withdrawn, now), now);
            tables.put(withdrawn);
            return denials;
        });
    }

    @Override
    public Future<@Nullable List<SequencedDenial>> changePassword(
            String tenant, SessionProof session, Secret checked, Secret replacement, Digest fresh, Instant now) {
        return writer.submit(tables -> {
            SessionRows rows = rows(tables, tenant, session, now);
            return rows != null && checked.equals(rows.user().passwordHash())
                    ? changePassword(tables, rows, replacement, fresh, now)
                    : null;
        });
    }

    private List<SequencedDenial> changePassword(
            Tables tables, SessionRows rows, Secret replacement, Digest fresh, Instant now) {
        User next = UserRow.withPassword(UserRow.nextEpoch(rows.user()), replacement);
        List<SequencedDenial> denials = log.append(tables, Denials.of(next, now), now);
        tables.put(next);
        Session own = rows.session();
        removeOthers(tables, own, now);
        SessionTable.put(tables, own.goingOn(fresh, next.epoch(), own.amr()));
        return denials;
    }

    /** The other sessions of its user. */
    static void removeOthers(Tables tables, Session own, Instant now) {
        for (Session other : SessionTable.ofSubject(tables, own.tenant(), own.subject())) {
            if (!other.id().equals(own.id())) {
                remove(tables, other, now);
            }
        }
    }
}
