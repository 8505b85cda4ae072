package io.gatehouse.gateway.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.TestGateway;
import io.gatehouse.gateway.http.RawClient;
import io.gatehouse.gateway.oauth.TestNode;
import io.gatehouse.gateway.oauth.Tokens;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes on for long: WebSockets, server-sent events, gRPC. It ends with the token that opened it. */
class StreamsTest {
    private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    static Path folder;

    private static TestService service;
    private static TestGateway plain;
    private static TestGateway secure;
    private static Vertx vertx;
    private static HttpClient http2;
    private static HttpClient inTheClear;

    private String jti;
    private String token;

    @BeforeAll
    static void start() throws Exception {
        service = new TestService();
        String routes = """
                revocation: {heartbeat: PT1S, staleness: PT2M}
                routes:
                  - {id: grpc, match: {host: shop, path: /grpc}, demand: bearer, upstream: ["h2c://127.0.0.1:%1$d"]}
                  - {id: shop, match: {host: shop}, demand: bearer, upstream: ["http://127.0.0.1:%1$d"]}
                """.formatted(service.port());
        Shop.certify(folder);
        plain = new TestGateway("server: {port: 0, event_loops: 1, cleartext_http2: true}\n" + routes);
        secure = TestGateway.secure(folder, routes);
        vertx = Vertx.vertx();
        http2 = Shop.http2(vertx);
        inTheClear = Shop.http2InTheClear(vertx);
        service.on("/events", request -> {
                    HttpServerResponse response = request.response()
                            .putHeader("Content-Type", "text/event-stream")
                            .setChunked(true);
                    response.writeHead();
                    service.vertx.setTimer(300, later -> response.write("data: 1\n\n"));
                })
                .on(
                        "/grpc/unary",
                        request -> request.body().onSuccess(body -> {
                            request.response()
                                    .putHeader("Content-Type", "application/grpc")
                                    .write(body);
                            request.response().putTrailer("grpc-status", "0").putTrailer("grpc-message", "fine");
                            request.response().putTrailer("x-gatehouse-subject", "root");
                            request.response().end();
                        }))
                .on(
                        "/grpc/refused",
                        request -> request.response()
                                .putHeader("Content-Type", "application/grpc")
                                .putHeader("grpc-status", "5")
                                .end())
                .on("/grpc/chat", request -> {
                    request.response()
                            .putHeader("Content-Type", "application/grpc")
                            .writeHead();
                    request.handler(chunk -> request.response().write(chunk));
                })
                .on("/socket", request -> request.toNetSocket().onSuccess(socket -> socket.handler(socket::write)));
    }

    @AfterAll
    static void stop() {
        TestNode.await(vertx.close());
        plain.close();
        secure.close();
        service.close();
    }

    @BeforeEach
    void anotherToken() {
        service.forget();
        jti = "stream-" + NUMBER.incrementAndGet();
        Map<String, Object> claims = Tokens.claims();
        claims.put("jti", jti);
        token = Tokens.signed(claims);
    }

    private HttpClientRequest open(HttpMethod method, String path) {
        return open(http2, secure.port(), method, path);
    }

    private HttpClientRequest open(HttpClient client, int port, HttpMethod method, String path) {
        HttpClientRequest request = TestNode.await(client.request(new RequestOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setMethod(method)
                .setURI(path)));
        request.exceptionHandler(expected -> {});
        return request.authority(HostAndPort.create("shop", -1)).putHeader("Authorization", "Bearer " + token);
    }

    private HttpClientRequest grpc(String path) {
        return open(HttpMethod.POST, path).putHeader("te", "trailers").putHeader("Content-Type", "application/grpc");
    }

    /** Of an answer that may be over before another thread asks for its body. */
    private static Buffer whole(Future<HttpClientResponse> answer, AtomicReference<HttpClientResponse> answered) {
        return TestNode.await(answer.compose(head -> {
            answered.set(head);
            return head.body();
        }));
    }

    @Test
    @DisplayName("RFC 9113, 8.1: trailers go back, those that are Gatehouse's own excepted")
    void grpcEndsWithItsStatus() {
        HttpClientRequest request = grpc("/grpc/unary");
        AtomicReference<HttpClientResponse> answered = new AtomicReference<>();
        Buffer body = whole(request.send(Buffer.buffer("question")), answered);
        HttpClientResponse response = answered.get();
        assertThat(body.toString()).isEqualTo("question");
        assertThat(response.getTrailer("grpc-status")).isEqualTo("0");
        assertThat(response.getTrailer("grpc-message")).isEqualTo("fine");
        assertThat(response.getTrailer("x-gatehouse-subject")).isNull();
        TestService.Seen seen = service.seenOnce();
        assertThat(seen.version()).isEqualTo("HTTP_2");
        assertThat(seen.one("te")).isEqualTo("trailers");
        assertThat(seen.one("x-forwarded-proto")).isEqualTo("https");
        assertThat(seen.one("x-gatehouse-subject")).isEqualTo(Tokens.SUBJECT);
    }

    @Test
    @DisplayName("RFC 9113, 3.3: a client that knows that HTTP/2 is spoken needs no TLS for it")
    void grpcEndsWithItsStatusInTheClear() {
        AtomicReference<HttpClientResponse> answered = new AtomicReference<>();
        HttpClientRequest asked = open(inTheClear, plain.port(), HttpMethod.POST, "/grpc/unary");
        Buffer body = whole(asked.putHeader("te", "trailers").send("question"), answered);
        HttpClientResponse response = answered.get();
        assertThat(body).hasToString("question");
        assertThat(response.version()).isEqualTo(HttpVersion.HTTP_2);
        assertThat(response.getTrailer("grpc-status")).isEqualTo("0");
        TestService.Seen seen = service.seenOnce();
        assertThat(seen.one("x-forwarded-proto")).isEqualTo("http");
        assertThat(seen.one("x-gatehouse-subject")).isEqualTo(Tokens.SUBJECT);
        assertThat(TestNode.await(inTheClear
                                .request(HttpMethod.POST, plain.port(), "127.0.0.1", "/grpc/unary")
                                .compose(request -> request.authority(HostAndPort.create("shop", -1))
                                        .send()))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void grpcMayAnswerByItsHeadAlone() {
        HttpClientResponse response = TestNode.await(grpc("/grpc/refused").send());
        assertThat(response.getHeader("grpc-status")).isEqualTo("5");
        assertThat(response.getHeader("strict-transport-security")).isNotEmpty();
    }

    @Test
    void aGrpcStreamGoesBothWaysAndEndsWithItsToken() {
        HttpClientRequest request = grpc("/grpc/chat").setChunked(true);
        AtomicReference<Throwable> broken = new AtomicReference<>();
        Buffer heard = Buffer.buffer();
        TestNode.await(request.write(Buffer.buffer("one ")));
        HttpClientResponse response = TestNode.await(request.response()
                .onSuccess(answer -> answer.handler(heard::appendBuffer).exceptionHandler(broken::set)));
        assertThat(response.statusCode()).isEqualTo(200);
        TestNode.await(request.write(Buffer.buffer("two")));
        TestNode.eventually("both came back", () -> heard.length() == 7);

        secure.node.revoke(jti);
        TestNode.eventually("the stream is reset", () -> broken.get() != null);
        assertThat(TestNode.await(open(HttpMethod.GET, "/x").send()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void eventsComeAtOnceAndEndWithTheirToken() {
        try (RawClient client = RawClient.connect(plain.port())) {
            client.send(RawClient.request("GET /events HTTP/1.1", "Host: shop", "Authorization: Bearer " + token));
            TestNode.eventually("the service has it", () -> service.seen.size() == 1);
            plain.node.vertx.setTimer(1_000, later -> plain.node.revoke(jti));
            String all = client.readToEnd();
            assertThat(all).contains("text/event-stream").contains("data: 1").doesNotContain("0\r\n\r\n");
        }
    }

    @Test
    void eventsOverHttp2EndWithTheirToken() {
        AtomicReference<Throwable> broken = new AtomicReference<>();
        Buffer heard = Buffer.buffer();
        HttpClientResponse response = TestNode.await(open(HttpMethod.GET, "/events")
                .send()
                .onSuccess(answer -> answer.handler(heard::appendBuffer).exceptionHandler(broken::set)));
        // The head is here before the first event.
        assertThat(response.statusCode()).isEqualTo(200);
        TestNode.eventually("the event came", () -> heard.toString().contains("data: 1"));
        secure.node.revoke(jti);
        TestNode.eventually("the stream is reset", () -> broken.get() != null);
    }

    private RawClient webSocket() {
        RawClient client = RawClient.connect(plain.port());
        client.send(RawClient.request(
                "GET /socket?x=1 HTTP/1.1",
                "Host: shop",
                "Connection: keep-alive, Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "X-Gatehouse-Subject: root",
                "Cookie: gatehouse-session=a; mine=1",
                KEY,
                "Authorization: Bearer " + token));
        assertThat(client.readHead().status()).isEqualTo(101);
        return client;
    }

    @Test
    void aWebSocketGoesThrough() {
        try (RawClient client = webSocket()) {
            TestService.Seen seen = service.seenOnce();
            assertThat(seen.one("upgrade")).isEqualTo("websocket");
            assertThat(seen.one("sec-websocket-key")).isNotEmpty();
            assertThat(seen.one("x-gatehouse-subject")).isEqualTo(Tokens.SUBJECT);
            assertThat(seen.one("cookie")).isEqualTo("mine=1");
            assertThat(seen.all("authorization")).isEmpty();
            String frame = "\u0081\u0085\u0000\u0000\u0000\u0000hello";
            client.send(frame);
            plain.node.vertx.setTimer(1_000, later -> plain.node.revoke(jti));
            assertThat(client.readToEnd()).isEqualTo(frame + "\u0088\u0002\u0003\u00f0");
        }
    }

    @Test
    @DisplayName("RFC 6455, 7.4.1: a WebSocket whose token is revoked ends with 1008")
    void aWebSocketEndsWithItsToken() {
        try (RawClient client = webSocket()) {
            plain.node.revoke(jti);
            // 0x88: close; 2 bytes; 1008
            assertThat(client.readToEnd()).isEqualTo("\u0088\u0002\u0003\u00f0");
        }
    }

    @Test
    void aWebSocketNeedsAToken() {
        for (String authorization : List.of("X-No: 1", "Authorization: Bearer x.y.z")) {
            assertThat(RawClient.exchange(
                                    plain.port(),
                                    "GET /socket HTTP/1.1",
                                    "Host: shop",
                                    "Connection: Upgrade",
                                    "Upgrade: websocket",
                                    "Sec-WebSocket-Version: 13",
                                    KEY,
                                    authorization)
                            .status())
                    .isEqualTo(401);
        }
        assertThat(service.seen).isEmpty();
    }

    @Test
    void otherProtocolsAreNotSwitchedTo() {
        assertThat(RawClient.exchange(
                                plain.port(),
                                "GET /other HTTP/1.1",
                                "Host: shop",
                                "Connection: Upgrade, HTTP2-Settings",
                                "Upgrade: h2c",
                                "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA",
                                "Authorization: Bearer " + token)
                        .status())
                .isEqualTo(200);
        assertThat(service.seenOnce().all("upgrade")).isEmpty();
        assertThat(service.seenOnce().all("http2-settings")).isEmpty();
    }
}
