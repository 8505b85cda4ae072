package io.gatehouse.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A caller's X-Request-ID comes back as it was, if it can do no harm where it is repeated. */
class RequestIdTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.with(TestServer.Settings.USUAL)
                .on(HttpMethod.GET, "/id", exchange -> TestServer.text("id"))
                .listening();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "a-b_c.D9", "018f3f5e-8a1c-7c1d-9d3b-0a1b2c3d4e5f"})
    void aDecentIdComesBack(String id) {
        RawReply reply = server.exchange("GET /id HTTP/1.1", "Host: a", "X-Request-ID: " + id);

        assertThat(reply.header("x-request-id")).isEqualTo(id);
    }

    @Test
    void anIdMayHave64Characters() {
        String longest = "x".repeat(64);

        assertThat(server.exchange("GET /id HTTP/1.1", "Host: a", "x-request-id: " + longest)
                        .header("x-request-id"))
                .isEqualTo(longest);
        assertThat(server.exchange("GET /id HTTP/1.1", "Host: a", "x-request-id: x" + longest)
                        .has("x-request-id"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "<script>", "a\"b", "${jndi:x}", "a\tb", "\u00e4", "%0d%0a", "a,b", "{}", "a/b"})
    void anOddIdIsNotRepeated(String id) {
        RawReply reply = server.exchange("GET /id HTTP/1.1", "Host: a", "X-Request-ID: " + id);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.has("x-request-id")).isFalse();
    }

    @Test
    void itComesBackWithErrorsToo() {
        assertThat(server.exchange("GET /nowhere HTTP/1.1", "Host: a", "X-Request-ID: 7")
                        .header("x-request-id"))
                .isEqualTo("7");
        assertThat(server.exchange("GET /echo HTTP/1.1", "Host: a", "X-Request-ID: 7")
                        .header("x-request-id"))
                .isEqualTo("7");
    }
}
