package io.gatehouse.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.store.Await;
import io.gatehouse.store.Samples;
import io.gatehouse.store.SettableClock;
import io.gatehouse.store.UnusableStore;
import io.gatehouse.store.pg.Certificates;
import io.gatehouse.store.pg.PostgresServer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the operator reads where Redis can't be used. */
@ExtendWith(VertxExtension.class)
class RedisStartTest {
    private Vertx vertx;

    @BeforeEach
    void takeVertx(Vertx ofTheTest) {
        vertx = ofTheTest;
    }

    @Test
    void noServer() {
        int port = RedisServer.freePort();
        assertRefused("redis://127.0.0.1:" + port, "no Redis answers at 127.0.0.1 port " + port);
    }

    @Test
    void aServerThatSaysNothing() {
        try (RedisServer redis = RedisServer.start()) {
            redis.freeze();
            assertRefused(redis.uri(), "no Redis answers at 127.0.0.1 port " + redis.port());
        }
    }

    @Test
    void noPassword() {
        String uri = "redis://127.0.0.1:" + RedisServer.shared().port();
        assertRefused(uri, "refuses the password: correct store.redis");
    }

    @Test
    void aWrongPassword() {
        String uri = "redis://:wrong-guess@127.0.0.1:" + RedisServer.shared().port();
        assertRefused(uri, "refuses the password: correct store.redis");
    }

    @Test
    void aReplica() {
        try (RedisServer master = RedisServer.start();
                RedisServer replica = RedisServer.start("--replicaof", "127.0.0.1", Integer.toString(master.port()))) {
            assertRefused(replica.uri(), "is a replica: name its master in store.redis");
        }
    }

    @Test
    void aCertificateThatNobodyTrusts(@TempDir Path folder) throws Exception {
        Certificates certificates = new Certificates(folder, "localhost");
        try (RedisServer redis = RedisServer.startTls(certificates)) {
            String place = "rediss://localhost:" + redis.port();
            assertRefused(place, "has a certificate that is not trusted");
            assertRefused(place + "?sslrootcert=" + folder.resolve("missing.crt"), "sslrootcert names can't be read");
        }
    }

    private void assertRefused(String redis, String reason) {
        String database = PostgresServer.shared().uri("start");
        assertThatThrownBy(() -> Await.result(RedisStore.open(
                        vertx, RedisStoreTest.config(database, redis, 64), Samples.TIMES, false, new SettableClock())))
                .isInstanceOf(UnusableStore.class)
                .hasMessageContaining(reason)
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("wrong-guess"));
    }
}
