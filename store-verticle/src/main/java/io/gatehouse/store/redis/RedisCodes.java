package io.gatehouse.store.redis;

import io.gatehouse.common.message.Codes.PutRefusal;
import io.gatehouse.common.message.Codes.SessionPutting;
import io.gatehouse.common.message.Codes.Take;
import io.gatehouse.common.message.Codes.TakeRefusal;
import io.gatehouse.common.model.AuthorizationCode;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.User;
import io.gatehouse.store.CodeOrder;
import io.gatehouse.store.CodeResult;
import io.gatehouse.store.CodeRules;
import io.gatehouse.store.CodeRules.Verdict;
import io.gatehouse.store.DirectoryStore;
import io.gatehouse.store.GrantStore;
import io.gatehouse.store.LoginRows;
import io.gatehouse.store.RotationRules;
import io.gatehouse.store.SessionCodeOrder;
import io.gatehouse.store.pg.PgCounterpart;
import io.gatehouse.store.pg.PgCounterpart.CodeRows;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Codes in Redis, of users, clients, sessions and consents in PostgreSQL. There is no moment that both share: a code is
 * marked as presented first, and the others are looked at after; when it is written, it says in which generation they were
 * seen. What a user allowed is durable before the code that rests on it is there.
 */
final class RedisCodes implements GrantStore.Codes {
    private final Link link;
    private final CodeTable table;
    private final SpentValues spent;
    private final PgCounterpart database;
    private final DirectoryStore.Clients clients;

    RedisCodes(Link link, CodeTable table, SpentValues spent, PgCounterpart database, DirectoryStore.Clients clients) {
        this.link = link;
        this.table = table;
        this.spent = spent;
        this.database = database;
        this.clients = clients;
    }

    /** The JWT is spent by being presented, also where user or client are refused: both are asked at once. */
    @Override
    public Future<@Nullable PutRefusal> put(CodeOrder order, Instant now) {
        Future<Boolean> fresh = spent.spend(link::send, order.statement(), now);
        Future<LoginRows> rows = database.named(order.statement());
        return Future.all(fresh, rows)
                .compose(both ->
                        fresh.result() ? put(order, rows.result(), now) : Future.succeededFuture(PutRefusal.REPLAYED));
    }

    private Future<@Nullable PutRefusal> put(CodeOrder order, LoginRows rows, Instant now) {
        Client client = rows.client();
        if (client == null || !RotationRules.stands(client, order.statement().clientEpoch())) {
            return Future.succeededFuture(PutRefusal.CLIENT_REFUSED);
        }
        User user = rows.user();
        if (user == null || !RotationRules.stands(user, user.epoch())) {
            return Future.succeededFuture(PutRefusal.SUBJECT_REFUSED);
        }
        return table.write(order.code(user, client, now), now).map(written -> null);
    }

    @Override
    public Future<SessionPutting> put(SessionCodeOrder order, Instant now) {
        return database.decide(order, now)
                .compose(decision -> decision.code() == null
                        ? Future.succeededFuture(decision.putting())
                        : table.write(decision.code(), now).map(decision.putting()));
    }

    @Override
    public Future<CodeResult> take(Take request, Instant now) {
        return table.present(request, request.clientId(), now).compose(code -> {
            if (code == null) {
                return refused(TakeRefusal.UNKNOWN);
            }
            return code.clientId().equals(request.clientId())
                    ? decide(request, code, now)
                    : takeForeign(request, code, now);
        });
    }

    /** A public client only names itself: whoever saw a code could spend it under such a name. */
    private Future<CodeResult> takeForeign(Take request, AuthorizationCode foreign, Instant now) {
        return clients.find(request.tenant(), request.clientId()).compose(presenter -> {
            if (presenter == null || presenter.isPublic()) {
                return refused(TakeRefusal.FOREIGN);
            }
            return table.present(request, foreign.clientId(), now)
                    .compose(code -> code == null ? refused(TakeRefusal.UNKNOWN) : decide(request, code, now));
        });
    }

    /** @param code as it was before it was presented; it is marked whatever is decided */
    private Future<CodeResult> decide(Take request, AuthorizationCode code, Instant now) {
        return code.takenAt() == null
                ? database.of(code).compose(rows -> decide(request, code, rows, now))
                : decide(request, code, new CodeRows(null, null, null, null), now);
    }

    private Future<CodeResult> decide(Take request, AuthorizationCode code, CodeRows rows, Instant now) {
        Verdict verdict =
                CodeRules.decide(request, code, rows.user(), rows.client(), rows.session(), rows.consent(), now);
        return answer(verdict, code, rows, now);
    }

    private Future<CodeResult> answer(Verdict verdict, AuthorizationCode code, CodeRows rows, Instant now) {
        return switch (verdict) {
            case Verdict.Redeem redeem ->
                Future.succeededFuture(new CodeResult.Redeemed(
                        code, Objects.requireNonNull(rows.user()), Objects.requireNonNull(rows.client())));
            case Verdict.Burn burn -> refused(burn.reason());
            case Verdict.Replay replay ->
                database.end(code, now).map(denials -> new CodeResult.Refused(TakeRefusal.REPLAYED, denials));
            case Verdict.Refuse refuse -> refused(refuse.reason());
        };
    }

    private static Future<CodeResult> refused(TakeRefusal reason) {
        return Future.succeededFuture(new CodeResult.Refused(reason, List.of()));
    }
}
