package io.gatehouse.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Names that the decoder of Vert.x takes for known ones, because it skips a byte when it compares (CVE-2026-102479). With
 * us they mean nothing.
 */
class OddHeaderNamesTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.with(TestServer.Settings.USUAL)
                .on(HttpMethod.POST, "/type", exchange -> TestServer.text(exchange.contentType()))
                .on(HttpMethod.GET, "/accept", exchange -> TestServer.text(String.valueOf(exchange.header("accept"))))
                .listening();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Else the tests below could not fail. */
    @Test
    void aPlainVertxServerFramesABodyByAnOddName() {
        Vertx vertx = Vertx.vertx();
        try {
            HttpServer plain = TestServer.await(vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1"))
                    .requestHandler(request ->
                            request.body().onSuccess(body -> request.response().end("got " + body.length() + " bytes")))
                    .listen(0, "127.0.0.1"));

            RawReply reply = RawClient.exchange(
                    plain.actualPort(), "POST / HTTP/1.1", "Host: a", "Content-Xength: 5", "", "hello");

            assertThat(reply.body()).isEqualTo("got 5 bytes");
        } finally {
            TestServer.await(vertx.close());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Xength", "content-xength", "Content_Length", "Content-Lengtx"})
    void anOddLengthFramesNothing(String name) {
        try (RawClient client = server.connect()) {
            client.send(RawClient.request("POST /length HTTP/1.1", "Host: a", name + ": 43"));
            // Framed by the odd name, this would be the body of the first request.
            client.send(RawClient.request("GET /now HTTP/1.1", "Host: a", "X: 0123456789"));

            RawReply first = client.read();
            assertThat(first.status()).isEqualTo(name.contains("_") ? 400 : 200);
            assertThat(client.read().body()).isEqualTo("now");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Xype", "content-xype", "Content-type-"})
    void anOddTypeIsNoType(String name) {
        RawReply reply = server.exchange("POST /type HTTP/1.1", "Host: a", name + ": text/plain", "Content-Length: 0");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEmpty();
    }

    @Test
    void anOddHostIsNoHost() {
        assertThat(server.exchange("GET /now HTTP/1.1", "Hxst: a").status()).isEqualTo(400);
    }

    @Test
    void anOddAcceptIsNoAccept() {
        RawReply reply = server.exchange("GET /accept HTTP/1.1", "Host: a", "Accxpt: text/html");

        assertThat(reply.body()).isEqualTo("null");
    }

    @Test
    void anOddConnectionHeaderClosesNothing() {
        try (RawClient client = server.connect()) {
            client.send(RawClient.request("GET /now HTTP/1.1", "Host: a", "Connecxion: close"));
            assertThat(client.read().body()).isEqualTo("now");
            client.send(RawClient.request("GET /now HTTP/1.1", "Host: a"));
            assertThat(client.read().body()).isEqualTo("now");
        }
    }

    @Test
    void knownNamesCountInAnyCase() {
        RawReply reply = server.exchange(
                "POST /echo HTTP/1.1", "hOsT: a", "cONTENT-lENGTH: 5", "CONNECTION: close", "", "hello");

        assertThat(reply.body()).startsWith("hello");
        assertThat(reply.keepsAlive()).isFalse();
    }
}
