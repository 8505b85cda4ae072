package io.gatehouse.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an endpoint does wrong, one proper answer goes out, and what it was stays in the log. */
class FailingEndpointTest {
    private static final BlockingQueue<Promise<Reply>> HELD = new LinkedBlockingQueue<>();
    private static TestServer server;
    private IncidentLog log;

    @BeforeAll
    static void start() {
        server = TestServer.with(TestServer.Settings.USUAL)
                .on(HttpMethod.GET, "/throws", exchange -> {
                    throw new IllegalStateException("secret cause");
                })
                .on(HttpMethod.GET, "/error", exchange -> {
                    throw new StackOverflowError("secret cause");
                })
                .on(HttpMethod.GET, "/fails", exchange -> Future.failedFuture(new IOException("secret cause")))
                .on(
                        HttpMethod.GET,
                        "/failsLater",
                        exchange -> server.vertx()
                                .timer(20, TimeUnit.MILLISECONDS)
                                .compose(late -> Future.failedFuture("secret cause")))
                .on(HttpMethod.GET, "/null", exchange -> null)
                .on(HttpMethod.GET, "/refuses", exchange -> {
                    throw OAuthError.failure(Code.INVALID_SCOPE, "no such scope");
                })
                .on(HttpMethod.GET, "/held", exchange -> {
                    Promise<Reply> promise = Promise.promise();
                    HELD.add(promise);
                    return promise.future();
                })
                .listening();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void listen() {
        log = IncidentLog.listen();
    }

    @AfterEach
    void listenNoMore() {
        log.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/throws", "/error", "/fails", "/failsLater", "/null"})
    void anAccidentIsAnIncident(String path) {
        try (RawClient client = server.connect()) {
            client.send(RawClient.request("GET " + path + " HTTP/1.1", "Host: a"));
            RawReply reply = client.read();
            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
            assertThat(reply.body()).doesNotContain("secret cause", "Exception", "at io.");
            assertThat(log.incidents()).hasSize(1);
            assertThat(reply.json().getString("detail"))
                    .contains(log.incidents().getFirst());
            client.send(RawClient.request("GET /now HTTP/1.1", "Host: a"));
            assertThat(client.read().body()).isEqualTo("now");
        }
    }

    @Test
    void aRefusalIsNoIncident() {
        RawReply reply = server.exchange("GET /refuses HTTP/1.1", "Host: a");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().getString("detail")).isEqualTo("no such scope");
        assertThat(log.incidents()).isEmpty();
    }

    @Test
    void aClientThatLeavesBeforeTheAnswerDoesNoHarm() throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            RawClient client = server.connect();
            client.send(RawClient.request("GET /held HTTP/1.1", "Host: a"));
            Promise<Reply> promise = HELD.poll(20, TimeUnit.SECONDS);
            client.close();
            promise.complete(TestServer.reply("x".repeat(1_000_000)));
        }

        assertThat(server.exchange("GET /now HTTP/1.1", "Host: a").body()).isEqualTo("now");
        assertThat(log.incidents()).isEmpty();
    }

    /** It is no accident of ours, and a log that anybody can fill is none. */
    @Test
    void aClientThatLeavesAmidItsBodyIsNoIncident() {
        for (int i = 0; i < 10; i++) {
            try (RawClient client = server.connect()) {
                client.send(RawClient.request("POST /echo HTTP/1.1", "Host: a", "Content-Length: 10") + "half");
            }
        }
        for (String chunk : List.of("x\r\n", "3\r\nabcd\r\n0\r\n\r\n")) {
            try (RawClient client = server.connect()) {
                client.send(RawClient.request("POST /echo HTTP/1.1", "Host: a", "Transfer-Encoding: chunked") + chunk);
                client.readToEnd();
            }
        }
        TestServer.await(server.vertx().timer(Duration.ofMillis(200).toMillis(), TimeUnit.MILLISECONDS));

        assertThat(log.incidents()).isEmpty();
    }
}
