package io.gatehouse.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a body ends is beyond doubt, or the request is refused and the connection closed (RFC 9112, section 6.3). */
class FramingTest {
    private static final String SMUGGLED = RawClient.request("GET /smuggled HTTP/1.1", "Host: a");
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void assertRefusedForGood(String head, String body) {
        int before = server.calls.get();
        try (RawClient client = server.connect()) {
            client.send(head + body + SMUGGLED);
            RawReply reply = client.read();
            assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
            assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
            assertThat(reply.keepsAlive()).isFalse();
            assertThat(client.readToEnd()).isEmpty();
        }
        assertThat(server.calls.get()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nContent-Length: 5",
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: 5\r\ncontent-length: 5",
                "Content-Length: 5, 5",
                "Content-Length: +5",
                "Content-Length: -5",
                "Content-Length: 0x5",
                "Content-Length: 5 5",
                "Content-Length: five",
                "Content-Length:",
                "Content-Length: 99999999999999999999",
                "Transfer-Encoding: chunked\r\nContent-Length: 5",
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: gzip",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunked, gzip",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
            })
    void anAmbiguousLengthIsRefused(String headers) {
        assertRefusedForGood(RawClient.request("POST /echo HTTP/1.1", "Host: a", headers), "0\r\n\r\n");
    }

    @Test
    void http10KnowsNoTransferEncoding() {
        assertRefusedForGood(
                RawClient.request("POST /echo HTTP/1.0", "Host: a", "Transfer-Encoding: chunked"), "0\r\n\r\n");
    }

    @Test
    void linesEndInCarriageReturnAndLineFeed() {
        assertRefusedForGood("GET /now HTTP/1.1\nHost: a\n\n", "");
        assertRefusedForGood("GET /now HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", "");
    }

    /** Netty still frames the 8 bytes that a draft of WebSocket from 2010 sent behind such a head. */
    @Test
    void anOldWebSocketHandshakeFramesNothing() {
        assertRefusedForGood(
                RawClient.request("GET /now HTTP/1.1", "Host: a", "Sec-WebSocket-Key1: 1", "Sec-WebSocket-Key2: 2"),
                "8 bytes.");
    }

    @Test
    void aWebSocketUpgradeIsIgnored() {
        RawReply reply = server.exchange(
                "GET /now HTTP/1.1",
                "Host: a",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");

        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void anUpgradeToHttp2IsIgnored() {
        RawReply reply = server.exchange(
                "GET /now HTTP/1.1",
                "Host: a",
                "Connection: Upgrade, HTTP2-Settings",
                "Upgrade: h2c",
                "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA");

        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void aChunkedBodyArrivesWhole() {
        try (RawClient client = server.connect()) {
            client.send(RawClient.request("POST /echo HTTP/1.1", "Host: a", "Transfer-Encoding: chunked"));
            client.send("3\r\nabc\r\n2;ext=1\r\nde\r\n0\r\nTrailer: x\r\n\r\n");
            assertThat(client.read().body()).isEqualTo("abcde");
            client.send(RawClient.request("GET /now HTTP/1.1", "Host: a"));
            assertThat(client.read().body()).isEqualTo("now");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\r\nabc\r\n0\r\n\r\n",
                "-1\r\nabc\r\n0\r\n\r\n",
                "0x3\r\nabc\r\n0\r\n\r\n",
                "3\r\nabcd\r\n0\r\n\r\n",
                "3\nabc\n0\n\n",
                "ffffffffff\r\nabc\r\n0\r\n\r\n",
                "\r\nabc\r\n0\r\n\r\n",
            })
    void aMalformedChunkEndsTheRequestAndTheConnection(String body) {
        int before = server.calls.get();
        try (RawClient client = server.connect()) {
            client.send(RawClient.request("POST /echo HTTP/1.1", "Host: a", "Transfer-Encoding: chunked"));
            client.send(body + SMUGGLED);
            assertThat(client.readToEnd()).doesNotContain("HTTP/1.1 2").doesNotContain("HTTP/1.1 5");
        }
        assertThat(server.calls.get()).isEqualTo(before);
    }
}
