package io.gatehouse.store.pg;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.config.Rate;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.message.Codes.Take;
import io.gatehouse.common.message.Grants.Find;
import io.gatehouse.common.message.Grants.Revoke;
import io.gatehouse.common.message.Grants.Unrotate;
import io.gatehouse.common.message.Keys.Save;
import io.gatehouse.common.message.Revocations.Read;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.SealedKeySet;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.UserState;
import io.gatehouse.store.Await;
import io.gatehouse.store.CodeOrder;
import io.gatehouse.store.Denials;
import io.gatehouse.store.Limit;
import io.gatehouse.store.Samples;
import io.vertx.core.Future;
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
        once(() -> counted.keys().save(new Save(new SealedKeySet(Tenant.MAIN, 0, List.of()), 0)));
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
    void revocationsAndLimits() {
        Grant grant = Samples.grant("web");
        once(() -> counted.revocations().deny(Denials.of(grant, now()), now()));
        once(() -> counted.revocations().read(new Read(0, 100), now()));
        List<Limit> limits = List.of(
                new Limit(Digest.of("a"), Rate.parse("1/PT1M")), new Limit(Digest.of("b"), Rate.parse("2/PT1M")));
        once(() -> counted.limits().reserve(limits, now()));
        once(() -> counted.limits().reserve(limits, now()));
        once(() -> counted.limits().refund(limits, now()));
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
