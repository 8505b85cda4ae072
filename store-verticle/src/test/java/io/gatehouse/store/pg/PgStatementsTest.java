package io.gatehouse.store.pg;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.config.Rate;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.Codes.Consenting;
import io.gatehouse.common.message.Codes.Take;
import io.gatehouse.common.message.Grants.Find;
import io.gatehouse.common.message.Grants.Revoke;
import io.gatehouse.common.message.Grants.Unrotate;
import io.gatehouse.common.message.Keys.Save;
import io.gatehouse.common.message.Logouts.Report;
import io.gatehouse.common.message.Revocations.Read;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.SealedKeySet;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.UserState;
import io.gatehouse.store.Await;
import io.gatehouse.store.CodeOrder;
import io.gatehouse.store.CodeResult;
import io.gatehouse.store.CodeSamples;
import io.gatehouse.store.Denials;
import io.gatehouse.store.Limit;
import io.gatehouse.store.PendingLogout;
import io.gatehouse.store.Samples;
import io.gatehouse.store.SessionCodeOrder;
import io.gatehouse.store.SessionCodeSamples;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One round trip per request, whatever comes of it. */
class PgStatementsTest extends PgCase {
    private static final LoginName ADA = new LoginName(LoginName.Kind.USERNAME, "ada");

    private final AtomicInteger statements = new AtomicInteger();
    private PgStore counted;

    @BeforeEach
    void openCountedNode() {
        counted = node(Samples.TIMES, server -> (sql, arguments) -> {
            statements.incrementAndGet();
            return server.run(sql, arguments);
        });
    }

    @Test
    void tenantsKeysAndClients() {
        once(() -> counted.tenants().find(Tenant.MAIN));
        once(() -> counted.tenants().declare(new Tenant("blue", "key", "ada", 0)));
        once(() -> counted.keys().save(new Save(new SealedKeySet(Tenant.MAIN, 0, List.of(), null), 0)));
        once(() -> counted.keys().load(Tenant.MAIN));
        once(() -> counted.clients().find(Tenant.MAIN, "web"));
        once(() -> counted.clients().disable(Tenant.MAIN, "web", now()));
        once(() -> counted.check());
    }

    @Test
    void users() {
        once(() -> counted.users().login(Tenant.MAIN, ADA, "web"));
        once(() -> counted.users().find(Tenant.MAIN, Samples.ADA));
        once(() -> counted.users().named(Tenant.MAIN, ADA));
        once(() -> counted.users().logOut(Tenant.MAIN, Samples.ADA, now()));
        once(() -> counted.users().setState(Tenant.MAIN, Samples.ADA, UserState.BLOCKED, now()));
    }

    @Test
    void declarations_readThenWrite_andOnlyReadWhereNothingChanges() {
        assertThat(count(() -> counted.clients().declare(Samples.client("app"))))
                .isEqualTo(2);
        once(() -> counted.clients().declare(Samples.client("app")));
        assertThat(count(() -> counted.users().declare(Samples.bob(), null))).isEqualTo(2);
        once(() -> counted.users().declare(Samples.bob(), null));
    }

    @Test
    void codes() {
        CodeOrder order = order(Digest.of("jwt"));
        once(() -> counted.codes().put(order, now()));
        Take take = new Take(Tenant.MAIN, "web", order.id(), null, null);
        once(() -> counted.codes().take(take, now()));
        once(() -> counted.codes().take(take, now()));
    }

    @Test
    void codesOfASession() {
        Session session = openSession("cookie");
        once(() -> counted.codes().put(code(session, Consenting.REMEMBERED), now()));
        SessionCodeOrder order = code(session, Consenting.GIVEN);
        once(() -> counted.codes().put(order, now()));
        CodeResult[] taken = new CodeResult[1];
        once(() -> counted.codes().take(SessionCodeSamples.take(order), now()).onSuccess(result -> taken[0] = result));
        Grant grant = CodeSamples.grant(((CodeResult.Redeemed) taken[0]).code(), now());
        once(() -> counted.grants().open(grant, now()));
        once(() -> counted.grants().rotate(Samples.rotate(grant, 0), now()));
        clock.forward(Samples.TIMES.sessions().ttl());
        once(() -> counted.grants().rotate(Samples.rotate(grant, 1), now()));
        once(() -> counted.codes().put(code(session, Consenting.REMEMBERED), now()));
    }

    private SessionCodeOrder code(Session session, Consenting consent) {
        return SessionCodeSamples.order(session, "web", consent, now());
    }

    @Test
    void grants() {
        Grant grant = Samples.grant("web");
        once(() -> counted.grants().open(grant, now()));
        once(() -> counted.grants().open(grant, now()));
        once(() -> counted.grants().rotate(Samples.rotate(grant, 0), now()));
        once(() -> counted.grants().rotate(Samples.rotate(grant, 0), now()));
        once(() -> counted.grants().unrotate(new Unrotate(Tenant.MAIN, grant.id(), 1)));
        once(() -> counted.grants()
                .find(new Find(Tenant.MAIN, "web", grant.id(), Samples.FAMILY, Samples.secret(1)), now()));
        once(() -> counted.grants().rotate(Samples.rotate(grant, 7), now()));
        once(() -> counted.grants().revoke(new Revoke(Tenant.MAIN, "web", grant.id(), Samples.FAMILY), now()));
    }

    @Test
    void sessions() {
        Session first = login("first");
        once(() -> counted.sessions().begin(first, null, now()));
        Session renewed = login("renewed");
        once(() -> counted.sessions().begin(renewed, proof(first), now()));
        SessionProof shown = new SessionProof(first.id(), renewed.secret());
        once(() -> counted.sessions().find(Tenant.MAIN, shown, now()));
        once(() -> counted.sessions().overview(Tenant.MAIN, shown, now()));
        once(() -> counted.sessions().withdraw(Tenant.MAIN, shown, "web", now()));
        Session other = openSession("other");
        once(() -> counted.sessions().end(Tenant.MAIN, shown, other.id(), now()));
        once(() -> counted.sessions().end(Tenant.MAIN, shown, null, now()));
        once(() -> counted.sessions().end(Tenant.MAIN, shown, null, now()));
    }

    @Test
    void aChangeOfPassword_readsThenWrites() {
        SessionProof shown = proof(openSession("cookie"));
        Digest fresh = Digest.of("fresh");
        assertThat(count(() -> counted.sessions()
                        .changePassword(Tenant.MAIN, shown, Samples.HASH, Secret.of("a hash"), fresh, now())))
                .isEqualTo(2);
        once(() ->
                counted.sessions().changePassword(Tenant.MAIN, shown, Samples.HASH, Secret.of("a hash"), fresh, now()));
    }

    @Test
    void logouts() {
        Session session = openSession("cookie", "web");
        Await.result(store.sessions().end(Tenant.MAIN, proof(session), null, now()));
        Instant lease = now().plusSeconds(60);
        once(() -> counted.logouts().claim(10, now(), now()));
        PendingLogout logout =
                Await.result(store.logouts().claim(10, lease, now())).getFirst();
        once(() -> counted.logouts().report(new Report(Tenant.MAIN, logout.id(), false, 0), now()));
        once(() -> counted.logouts().report(new Report(Tenant.MAIN, logout.id(), true, 1), now()));
    }

    @Test
    void revocationsAndLimits() {
        Grant grant = Samples.grant("web");
        once(() -> counted.revocations().deny(Denials.of(grant, now()), now()));
        once(() -> counted.revocations().read(new Read(0, 100), now()));
        List<Limit> limits = List.of(
                new Limit(Digest.of("a"), Rate.parse("1/PT1M")), new Limit(Digest.of("b"), Rate.parse("2/PT1M")));
        once(() -> counted.limits().reserve(limits, now()));
        once(() -> counted.limits().reserve(limits, now()));
        once(() -> counted.limits().refund(limits, now()));
        once(() -> counted.limits().take(limits.getFirst(), now()));
        assertThat(count(() -> counted.limits().reserve(List.of(), now()))).isZero();
        assertThat(count(() -> counted.limits().refund(List.of(), now()))).isZero();
    }

    private void once(Supplier<Future<?>> call) {
        assertThat(count(call)).isEqualTo(1);
    }

    private int count(Supplier<Future<?>> call) {
        int before = statements.get();
        Await.result(call.get());
        return statements.get() - before;
    }
}
