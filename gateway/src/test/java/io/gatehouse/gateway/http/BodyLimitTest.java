package io.gatehouse.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.vertx.core.http.HttpMethod;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body of 64 KiB passes, one byte more is 413; the sender gets to read that. */
class BodyLimitTest {
    private static final int LIMIT = TestServer.MAX_BODY;
    private static final String FULL = "x".repeat(LIMIT);
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.with(TestServer.Settings.USUAL)
                .on(HttpMethod.POST, "/allocated", exchange -> TestServer.text(String.valueOf(allocated())))
                .listening();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static String announced(String path, long length) {
        return RawClient.request("POST " + path + " HTTP/1.1", "Host: a", "Content-Length: " + length);
    }

    private static String chunked(String path) {
        return RawClient.request("POST " + path + " HTTP/1.1", "Host: a", "Transfer-Encoding: chunked");
    }

    private static String chunks(String body, int size) {
        StringBuilder chunks = new StringBuilder();
        for (int i = 0; i < body.length(); i += size) {
            String chunk = body.substring(i, Math.min(body.length(), i + size));
            chunks.append(Integer.toHexString(chunk.length()))
                    .append("\r\n")
                    .append(chunk)
                    .append("\r\n");
        }
        return chunks.append("0\r\n\r\n").toString();
    }

    private static void assertTooLarge(RawClient client) {
        RawReply reply = client.read();
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
        assertThat(reply.json().getString("detail")).contains("65536");
        assertThat(reply.keepsAlive()).isFalse();
        assertThat(client.readToEnd()).isEmpty();
    }

    @Test
    void theWholeLimitPasses() {
        try (RawClient client = server.connect()) {
            client.send(announced("/length", LIMIT) + FULL);
            assertThat(client.read().body()).isEqualTo("65536");
            client.send(announced("/echo", LIMIT) + FULL);
            assertThat(client.read().body()).isEqualTo(FULL);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 1000, 8192, 65536})
    void theWholeLimitPassesInChunks(int size) {
        StringBuilder body = new StringBuilder();
        while (body.length() < LIMIT) {
            body.append(body.length()).append(' ');
        }
        body.setLength(LIMIT);
        try (RawClient client = server.connect()) {
            client.send(chunked("/echo") + chunks(body.toString(), size));
            assertThat(client.read().body()).isEqualTo(body.toString());
        }
    }

    @Test
    void oneByteMoreIsTooLarge() {
        try (RawClient client = server.connect()) {
            client.send(announced("/length", LIMIT + 1) + FULL + "x");
            assertTooLarge(client);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 8192, 70000})
    void oneByteMoreIsTooLargeInChunks(int size) {
        try (RawClient client = server.connect()) {
            client.send(chunked("/length") + chunks(FULL + "x", size));
            assertTooLarge(client);
        }
    }

    @Test
    void aSenderIsToldBeforeItHasSent() {
        try (RawClient client = server.connect()) {
            client.send(announced("/length", Long.MAX_VALUE));
            RawReply reply = client.read();
            assertThat(reply.status()).isEqualTo(413);
        }
    }

    @Test
    void theAnswerCanBeReadByASenderThatGoesOn() {
        try (RawClient client = server.connect()) {
            client.send(announced("/length", 10L * LIMIT));
            for (int i = 0; i < 10; i++) {
                client.sendWhilePossible(FULL.getBytes(StandardCharsets.US_ASCII));
            }
            assertTooLarge(client);
        }
    }

    @Test
    void aSenderWithoutAnEndIsCutOff() {
        byte[] part = FULL.getBytes(StandardCharsets.US_ASCII);
        try (RawClient client = server.connect()) {
            client.send(announced("/length", Long.MAX_VALUE));
            int parts = 0;
            while (client.sendWhilePossible(part)) {
                parts++;
                assertThat(parts).isLessThan(1000);
            }
        }
    }

    @Test
    void aClientThatWaitsForLeaveToSendGetsIt() {
        try (RawClient client = server.connect()) {
            client.send(
                    RawClient.request("POST /echo HTTP/1.1", "Host: a", "Content-Length: 4", "Expect: 100-continue"));
            assertThat(client.read().status()).isEqualTo(100);
            client.send("body");
            assertThat(client.read().body()).isEqualTo("body");
        }
    }

    /** 64 Ki chunks of one byte: copying all that came before with each would take 2 GB. */
    @Test
    void tinyChunksAreNotCopiedAgainAndAgain() {
        try (RawClient client = server.connect()) {
            client.send(announced("/allocated", 1) + "x");
            long before = Long.parseLong(client.read().body());
            client.send(chunked("/allocated") + chunks(FULL, 1));
            long after = Long.parseLong(client.read().body());
            assertThat(after - before).isLessThan(500_000_000L);
        }
    }
}
