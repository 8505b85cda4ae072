package io.gatehouse.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.config.RedisUri;
import io.gatehouse.store.Await;
import io.gatehouse.store.pg.Certificates;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Connections to a server whose certificate is for {@code localhost}. */
@ExtendWith(VertxExtension.class)
class RedisTlsTest {
    @TempDir
    static Path folder;

    private static Certificates own;
    private static Certificates foreign;
    private static RedisServer redis;

    @BeforeAll
    static void start() throws Exception {
        own = new Certificates(folder.resolve("own"), "localhost");
        foreign = new Certificates(folder.resolve("foreign"), "localhost");
        redis = RedisServer.startTls(own);
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @Test
    void theRightAuthorityAndNamePass(Vertx vertx) {
        assertThat(ping(vertx, "rediss://localhost:", "?sslrootcert=" + own.ca()))
                .isEqualTo("PONG");
    }

    @Test
    void aForeignAuthorityOrNameIsRefused(Vertx vertx) {
        assertDistrusted(vertx, "rediss://localhost:", "?sslrootcert=" + foreign.ca());
        assertDistrusted(vertx, "rediss://127.0.0.1:", "?sslrootcert=" + own.ca());
        assertDistrusted(vertx, "rediss://localhost:", "");
    }

    @Test
    void plaintextIsRefused(Vertx vertx) {
        assertThatThrownBy(() -> ping(vertx, "redis://localhost:", "")).isNotInstanceOf(NullPointerException.class);
    }

    @Test
    void aMissingCertificateIsNamed(Vertx vertx) {
        Path missing = folder.resolve("missing.crt");
        assertThatThrownBy(() -> ping(vertx, "rediss://localhost:", "?sslrootcert=" + missing))
                .hasStackTraceContaining(missing.toString());
    }

    private static void assertDistrusted(Vertx vertx, String before, String after) {
        assertThatThrownBy(() -> ping(vertx, before, after))
                .as(before + after)
                .rootCause()
                .isInstanceOf(GeneralSecurityException.class);
    }

    private static String ping(Vertx vertx, String before, String after) {
        RedisUri uri = RedisUri.parse(before + redis.port() + after);
        Request ping = Request.cmd(Command.PING);
        Link link = new Link(vertx, new Connector(vertx, uri, 16, Link.CONNECT), 16, wire -> wire.send(ping));
        Await.result(link.open());
        String answer = Await.result(link.send(ping)).toString();
        Await.result(link.close());
        return answer;
    }
}
