package io.gatehouse.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Nobody holds a connection by being slow: not with a head, not with a body, not by silence. */
@Execution(ExecutionMode.SAME_THREAD)
class SlowClientTest {
    private static TestServer impatient;
    private static TestServer silenceFree;

    @BeforeAll
    static void start() {
        impatient = TestServer.with(TestServer.Settings.USUAL.times(Duration.ofSeconds(60), Duration.ofSeconds(1)))
                .listening();
        silenceFree = TestServer.with(TestServer.Settings.USUAL.times(Duration.ofSeconds(1), Duration.ofSeconds(60)))
                .listening();
    }

    @AfterAll
    static void stop() {
        impatient.close();
        silenceFree.close();
    }

    @Test
    void aBodyThatDoesNotArriveInTimeIs408() {
        try (RawClient client = impatient.connect()) {
            client.send(RawClient.request("POST /echo HTTP/1.1", "Host: a", "Content-Length: 10") + "half");
            RawReply reply = client.read();
            assertThat(reply.status()).isEqualTo(408);
            assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
            assertThat(reply.keepsAlive()).isFalse();
            assertThat(client.readToEnd()).isEmpty();
        }
    }

    @Test
    void aBodyThatDripsInIs408() throws InterruptedException {
        try (RawClient client = impatient.connect()) {
            client.send(RawClient.request("POST /echo HTTP/1.1", "Host: a", "Transfer-Encoding: chunked"));
            boolean open = true;
            for (int i = 0; open && i < 200; i++) {
                open = client.sendWhilePossible("1\r\nx\r\n".getBytes());
                Thread.sleep(100);
            }
            assertThat(open).isFalse();
            assertThat(client.read().status()).isEqualTo(408);
        }
    }

    @Test
    void aHeadThatDripsInIsCutOff() throws InterruptedException {
        try (RawClient client = impatient.connect()) {
            client.send("GET /now HTTP/1.1\r\nHost: a\r\n");
            boolean open = true;
            for (int i = 0; open && i < 200; i++) {
                open = client.sendWhilePossible("X-A: b\r\n".getBytes());
                Thread.sleep(100);
            }
            assertThat(open).isFalse();
        }
    }

    @Test
    void emptyLinesHoldNoConnection() throws InterruptedException {
        try (RawClient client = impatient.connect()) {
            boolean open = true;
            for (int i = 0; open && i < 200; i++) {
                open = client.sendWhilePossible("\r\n".getBytes());
                Thread.sleep(100);
            }
            assertThat(open).isFalse();
        }
    }

    /** Only what is on its way counts: between requests a connection may rest until the idle timeout. */
    @Test
    void aConnectionThatRestsBetweenRequestsIsKept() throws InterruptedException {
        try (RawClient client = impatient.connect()) {
            client.send(RawClient.request("GET /now HTTP/1.1", "Host: a"));
            assertThat(client.read().body()).isEqualTo("now");
            client.send(RawClient.request("POST /echo HTTP/1.1", "Host: a", "Content-Length: 1") + "x");
            assertThat(client.read().body()).isEqualTo("x");
            Thread.sleep(5000);
            client.send(RawClient.request("GET /now HTTP/1.1", "Host: a"));
            assertThat(client.read().body()).isEqualTo("now");
        }
    }

    @Test
    void aSilentConnectionIsClosed() {
        try (RawClient client = silenceFree.connect()) {
            assertThat(client.readToEnd()).isEmpty();
        }
    }

    @Test
    void aConnectionThatFallsSilentIsClosed() {
        try (RawClient client = silenceFree.connect()) {
            client.send(RawClient.request("GET /now HTTP/1.1", "Host: a"));
            assertThat(client.read().body()).isEqualTo("now");
            assertThat(client.readToEnd()).isEmpty();
        }
    }

    @Test
    void halfARequestIsClosed() {
        try (RawClient client = silenceFree.connect()) {
            client.send("GET /now HT");
            assertThat(client.readToEnd()).isEmpty();
        }
    }

    @Test
    void aHalfOpenConnectionIsClosed() {
        try (RawClient client = silenceFree.connect()) {
            client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nx")
                    .finishSending();
            client.readToEnd();
        }
    }
}
