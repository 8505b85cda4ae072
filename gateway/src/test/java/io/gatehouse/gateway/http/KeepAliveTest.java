package io.gatehouse.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many requests on one connection: each is answered in its turn, and none after the last. */
class KeepAliveTest {
    private static final String NOW = RawClient.request("GET /now HTTP/1.1", "Host: a");
    private static final String LATER = RawClient.request("GET /later HTTP/1.1", "Host: a");
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.with(TestServer.Settings.USUAL)
                .on(
                        HttpMethod.POST,
                        "/slow",
                        exchange -> server.vertx()
                                .timer(200, TimeUnit.MILLISECONDS)
                                .map(late -> TestServer.reply(exchange.body().toString())))
                .listening();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String echo(String body) {
        return RawClient.request("POST /echo HTTP/1.1", "Host: a", "Content-Length: " + body.length()) + body;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/now", "/later", "/nowhere", "/echo"})
    void aRequestWithoutABodyKeepsTheConnection(String path) {
        try (RawClient client = server.connect()) {
            for (int i = 0; i < 3; i++) {
                client.send(RawClient.request("GET " + path + " HTTP/1.1", "Host: a"));
                assertThat(client.read().keepsAlive()).isTrue();
            }
            client.send(NOW);
            assertThat(client.read().body()).isEqualTo("now");
        }
    }

    @Test
    void aRequestWithABodyKeepsTheConnection() {
        try (RawClient client = server.connect()) {
            for (int i = 0; i < 3; i++) {
                RawReply reply = client.send(echo("body " + i)).read();
                assertThat(reply.body()).isEqualTo("body " + i);
                assertThat(reply.keepsAlive()).isTrue();
            }
            assertThat(client.send(echo("")).read().keepsAlive()).isTrue();
        }
    }

    @Test
    void requestsSentAtOnceAreAnsweredInOrder() {
        try (RawClient client = server.connect()) {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < 50; i++) {
                all.append(LATER).append(echo("body " + i)).append(NOW);
            }
            client.send(all.toString());
            for (int i = 0; i < 50; i++) {
                assertThat(client.read().body()).isEqualTo("later");
                assertThat(client.read().body()).isEqualTo("body " + i);
                assertThat(client.read().body()).isEqualTo("now");
            }
        }
    }

    @Test
    void requestsThatArriveByteByByteAreAnswered() {
        try (RawClient client = server.connect()) {
            for (char c : (NOW + echo("body") + "\r\n" + LATER).toCharArray()) {
                client.send(String.valueOf(c));
            }
            assertThat(client.read().body()).isEqualTo("now");
            assertThat(client.read().body()).isEqualTo("body");
            assertThat(client.read().body()).isEqualTo("later");
        }
    }

    @Test
    void aNextRequestMayArriveHalfWhileTheFirstIsAnswered() {
        try (RawClient client = server.connect()) {
            client.send(RawClient.request("POST /slow HTTP/1.1", "Host: a", "Content-Length: 4") + "slow" + "GET /no");
            assertThat(client.read().body()).isEqualTo("slow");
            client.send("w HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.read().body()).isEqualTo("now");
        }
    }

    @Test
    void aClientThatHasFinishedSendingIsAnsweredOrClosed() {
        try (RawClient client = server.connect()) {
            client.send(RawClient.request("POST /slow HTTP/1.1", "Host: a", "Content-Length: 4") + "slow")
                    .finishSending();
            assertThat(client.readToEnd())
                    .satisfiesAnyOf(
                            answer -> assertThat(answer).endsWith("slow"),
                            answer -> assertThat(answer).isEmpty());
        }
        // The endpoint is still at it.
        TestServer.await(server.vertx().timer(400, TimeUnit.MILLISECONDS));
    }

    @Test
    void nothingIsAnsweredAfterAClientSaidClose() {
        int before = server.calls.get();
        try (RawClient client = server.connect()) {
            client.send(RawClient.request("GET /now HTTP/1.1", "Host: a", "Connection: close") + NOW + NOW);
            RawReply reply = client.read();
            assertThat(reply.body()).isEqualTo("now");
            assertThat(reply.keepsAlive()).isFalse();
            assertThat(client.readToEnd()).isEmpty();
        }
        assertThat(server.calls.get()).isEqualTo(before + 1);
    }

    /** RFC 9112, section 9.6: what is sent after our "close" must not be processed. */
    @Test
    void nothingIsDoneAfterTheServerSaidClose() {
        int before = server.calls.get();
        try (RawClient client = server.connect()) {
            client.send(
                    RawClient.request("POST /nowhere HTTP/1.1", "Host: a", "Content-Length: 4") + "body" + NOW + NOW);
            RawReply reply = client.read();
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.keepsAlive()).isFalse();
            assertThat(client.readToEnd()).isEmpty();
        }
        assertThat(server.calls.get()).isEqualTo(before);
    }

    @Test
    void http10IsClosedUnlessItAsksOtherwise() {
        try (RawClient client = server.connect()) {
            client.send(RawClient.request("GET /now HTTP/1.0", "Connection: keep-alive"));
            assertThat(client.read().header("connection")).isEqualTo("keep-alive");
            client.send(RawClient.request("GET /now HTTP/1.0"));
            assertThat(client.read().body()).isEqualTo("now");
            assertThat(client.readToEnd()).isEmpty();
        }
    }
}
