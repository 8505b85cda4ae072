package io.gatehouse.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers that two servers might read differently are refused, in problem+json. */
class HeaderHygieneTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void assertRefused(RawReply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
        assertThat(reply.json().getInteger("status")).isEqualTo(400);
        assertThat(reply.json().getString("detail")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X_Forwarded_For: 1", // some servers take _ for -
                "X-Gatehouse_Subject: ada",
                "X.Y: 1",
                "X!: 1",
                "Content-Length : 5", // a space before the colon
                "Host : a",
                "X-A\t: 1",
                " X-A: 1", // a first line that goes on
                ": no name",
                "no colon",
                "X\u0000A: 1",
                "X-\u00e4: 1",
                "X-A: a\u0000b",
                "X-A: a\rb",
                "X-A: a\u007fb",
                "X-A: a\u0008b",
            })
    void aHeaderThatMayBeReadDifferentlyIsRefused(String line) {
        assertRefused(server.exchange("GET /now HTTP/1.1", "Host: a", line));
        assertRefused(server.exchange("GET /now HTTP/1.1", line, "Host: a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: a", "Authorization: Basic x", "Content-Type: a/b", "X-Request-ID: 1", "DPoP: x"})
    void aHeaderThatMayStandOnceIsRefusedTwice(String line) {
        assertRefused(server.exchange("GET /now HTTP/1.1", "Host: a", line, line));
        assertRefused(server.exchange("GET /now HTTP/1.1", "Host: a", line, line.toUpperCase(java.util.Locale.ROOT)));
    }

    @Test
    void aHeaderThatMayRepeatPasses() {
        assertThat(server.exchange("GET /now HTTP/1.1", "Host: a", "Accept: a/b", "Accept: c/d")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n folded", "\r\n\tfolded", "\r\n "})
    void aFoldedHeaderIsRefused(String fold) {
        assertRefused(server.exchange("GET /now HTTP/1.1", "Host: a", "X-A: 1" + fold));
        assertRefused(server.exchange("GET /now HTTP/1.1", "Host: a", "X-A: 1" + fold, "X-B: 2"));
        assertRefused(server.exchange("\r\n\r\nGET /now HTTP/1.1", "Host: a" + fold));
        assertRefused(server.exchange("POST /echo HTTP/1.1", "Host: a", "Content-Length: 2" + fold, "", "ab"));
    }

    @Test
    void aFoldedHeaderIsRefusedHoweverItIsCutUp() {
        try (RawClient client = server.connect()) {
            client.send("GET /now HTTP/1.1\r\nHost: a\r\nX-A: 1\r\n");
            assertArrived();
            client.send(" folded\r\n");
            assertArrived();
            client.send("\r\n");
            assertRefused(client.read());
        }
    }

    @Test
    void aLineOfTheBodyMayBeginWithASpace() {
        String body = "a=b\r\n c\r\n\td\r\n";
        try (RawClient client = server.connect()) {
            client.send(RawClient.request("POST /echo HTTP/1.1", "Host: a", "Content-Length: " + body.length()) + body);
            assertThat(client.read().body()).isEqualTo(body);
            client.send(RawClient.request("GET /now HTTP/1.1", "Host: a"));
            assertThat(client.read().body()).isEqualTo("now");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-A: 1", "Host: a b", "Host: a/b", "Host: a:b", "Host: user@a", "Host: [::1"})
    void aRequestWithoutAProperHostIsRefused(String line) {
        assertRefused(server.exchange("GET /now HTTP/1.1", line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a:80", "127.0.0.1:8080", "[::1]:8080", "xn--bcher-kva.example"})
    void aProperHostPasses(String host) {
        assertThat(server.exchange("GET /now HTTP/1.1", "Host: " + host).status())
                .isEqualTo(200);
    }

    @Test
    void http10NeedsNoHost() {
        RawReply reply = server.exchange("GET /now HTTP/1.0");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("now");
    }

    /** Long enough that two writes arrive as two reads, nearly always; the test holds either way. */
    private static void assertArrived() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
