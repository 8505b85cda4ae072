package io.gatehouse.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.config.Rate;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.message.ClientJwtStatement;
import io.gatehouse.common.message.Codes.Take;
import io.gatehouse.common.model.AuthorizationCode;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.GrantId;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.store.Await;
import io.gatehouse.store.CodeOrder;
import io.gatehouse.store.CodeResult;
import io.gatehouse.store.CodeSamples;
import io.gatehouse.store.Limit;
import io.gatehouse.store.Samples;
import io.gatehouse.store.SettableClock;
import io.gatehouse.store.Store;
import io.gatehouse.store.pg.PostgresServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** One store under test, on a Redis of its own, with a client {@code web}, a user Ada and a clock that is moved by hand. */
@ExtendWith(VertxExtension.class)
abstract class RedisCase {
    static final LoginName ADA = new LoginName(LoginName.Kind.EMPLOYEE_ID, "E-2");

    final SettableClock clock = new SettableClock();
    final Limit limit = new Limit(Digest.of("address"), Rate.parse("10/PT1M"));
    Vertx vertx;
    RedisServer redis;
    String database;
    Store store;

    private int jwts;

    @BeforeEach
    void openStore(Vertx ofTheTest) {
        vertx = ofTheTest;
        redis = start();
        database = PostgresServer.shared().uri("redis");
        store = Await.result(open());
        Await.result(store.clients().declare(Samples.client("web")));
        Await.result(store.users().declare(Samples.ada(), Samples.HASH));
    }

    @AfterEach
    void closeStore() {
        Await.result(store.close());
        redis.close();
    }

    RedisServer start() {
        return RedisServer.start();
    }

    String redisUri() {
        return redis.uri();
    }

    Future<? extends Store> open() {
        return open(4096);
    }

    Future<? extends Store> open(int queue) {
        return RedisStore.open(vertx, RedisStoreTest.config(database, redisUri(), queue), Samples.TIMES, false, clock);
    }

    Instant now() {
        return clock.instant();
    }

    /** A code for Ada. */
    CodeOrder put() {
        CodeOrder order = order(statement(Digest.of("jwt " + jwts++), now()));
        assertThat(Await.result(store.codes().put(order, now()))).isNull();
        return order;
    }

    CodeOrder order(ClientJwtStatement statement) {
        Instant end = now().plus(Duration.ofMinutes(5));
        Instant grantEnd = Samples.TIMES.end(TokenFamily.BABELBIRD, now());
        return new CodeOrder(statement, CodeId.make(end).id(), end, GrantId.expiring(grantEnd), grantEnd);
    }

    ClientJwtStatement statement(Digest jwt, Instant replaySince) {
        return new ClientJwtStatement(
                Tenant.MAIN,
                "web",
                0,
                TokenFamily.BABELBIRD,
                ADA,
                jwt,
                now().plus(Duration.ofMinutes(6)),
                now(),
                now().plusSeconds(5),
                null,
                replaySince);
    }

    static Take take(CodeOrder order) {
        return new Take(Tenant.MAIN, "web", order.id(), null, null);
    }

    CodeResult result(CodeOrder order) {
        return Await.result(store.codes().take(take(order), now()));
    }

    AuthorizationCode redeemed(CodeOrder order) {
        return ((CodeResult.Redeemed) result(order)).code();
    }

    /** The grant that whoever took the code writes. */
    Grant grant(AuthorizationCode code) {
        return CodeSamples.grant(code, now());
    }

    Future<Duration> reserve() {
        return store.limits().reserve(List.of(limit), now());
    }

    /** Asks until it is answered; until then it must be {@code Unavailable}. */
    static <T> T eventually(Supplier<Future<T>> call) {
        while (true) {
            try {
                return Await.result(call.get());
            } catch (OAuthFailure failure) {
                assertThat(failure.error()).isEqualTo(new OAuthError.Unavailable("store"));
                LockSupport.parkNanos(10_000_000);
            }
        }
    }
}
