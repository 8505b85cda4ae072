package io.gatehouse.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A demo has well-known passwords: a web page must not reach it under a name of its own (DNS rebinding). */
class HostCheckTest {
    private static TestServer demo;

    @BeforeAll
    static void start() {
        demo = TestServer.with(TestServer.Settings.USUAL.inDemo()).listening();
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "127.0.0.1:8080", "localhost", "localhost:8080", "[::1]", "[::1]:8080", "LocalHost"
            })
    void loopbackNamesAreAnswered(String host) {
        assertThat(demo.exchange("GET /now HTTP/1.1", "Host: " + host).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "127.0.0.2",
                "0.0.0.0",
                "evil.example:127",
                "[::]",
                "2130706433"
            })
    void otherNamesAreRefused(String host) {
        RawReply reply = demo.exchange("GET /now HTTP/1.1", "Host: " + host);

        assertThat(reply.status()).isEqualTo(421);
        assertThat(reply.json().getString("detail")).contains("127.0.0.1");
        assertThat(demo.exchange("GET /nowhere HTTP/1.1", "Host: " + host).status())
                .isEqualTo(421);
    }

    @Test
    void noNameIsRefused() {
        assertThat(demo.exchange("GET /now HTTP/1.0").status()).isEqualTo(421);
    }
}
