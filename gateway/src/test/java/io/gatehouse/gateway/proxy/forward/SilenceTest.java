package io.gatehouse.gateway.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.TestGateway;
import io.gatehouse.gateway.http.RawClient;
import io.gatehouse.gateway.oauth.TestNode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What may be silent for long, and what may not. */
@Execution(ExecutionMode.CONCURRENT)
class SilenceTest {
    /** Three times what a connection that does nothing has. */
    private static final long SILENT_MILLIS = 3_000;

    private static final String FRAME = "\u0081\u0085\u0000\u0000\u0000\u0000hello";

    /** The paths whose connection to the service has ended. */
    private static final Set<String> FREED = ConcurrentHashMap.newKeySet();

    @TempDir
    static Path folder;

    private static TestService service;
    private static TestGateway patient;
    private static TestGateway secure;
    private static TestGateway impatient;
    private static HttpClient http2;

    @BeforeAll
    static void start() throws Exception {
        service = new TestService();
        service.on("/events", SilenceTest::events)
                .on(
                        "/late",
                        request -> service.vertx.setTimer(
                                SILENT_MILLIS, later -> request.response().end("late")))
                .on("/endless", request -> request.response().setChunked(true).write("begun"))
                .on("/upload", request -> request.connection().closeHandler(freed -> FREED.add("upload")))
                .on("/flood", request -> {
                    request.connection().closeHandler(freed -> FREED.add("flood"));
                    Future<Void> unused = request.response().setChunked(true).write(Buffer.buffer(new byte[24 << 20]));
                })
                .on(
                        "/socket",
                        request -> request.toNetSocket()
                                .onSuccess(socket -> socket.handler(
                                        bytes -> service.vertx.setTimer(SILENT_MILLIS, later -> socket.write(bytes)))));
        patient = new TestGateway(config("idle_timeout: PT1S", ""));
        impatient = new TestGateway(config("stream_idle_timeout: PT1S", ""));
        secure = tls();
        http2 = Shop.http2(service.vertx);
    }

    private static TestGateway tls() throws Exception {
        Shop.certify(folder);
        return new TestGateway(config(
                "idle_timeout: PT1S",
                ", tls: {certificate: \"%1$s/server.crt\", key: \"%1$s/server.key\"}".formatted(folder)));
    }

    private static String config(String bound, String tls) {
        return """
                server: {port: 0, event_loops: 1, request_timeout: PT1S, %s%s}
                routes:
                  - {id: shop, match: {host: shop}, demand: public, upstream: ["http://127.0.0.1:%d"]}
                """.formatted(bound, tls, service.port());
    }

    private static void events(HttpServerRequest request) {
        request.response().putHeader("Content-Type", "text/event-stream").setChunked(true);
        Future<Void> unused = request.response().write("data: 1\n\n");
        service.vertx.setTimer(SILENT_MILLIS, later -> request.response().end("data: 2\n\n"));
    }

    @AfterAll
    static void stop() {
        patient.close();
        secure.close();
        impatient.close();
        service.close();
    }

    private static RawClient get(TestGateway gateway, String path, String... more) {
        return RawClient.connect(gateway.port())
                .send(RawClient.request("GET " + path + " HTTP/1.1", "Host: shop", String.join("\r\n", more))
                                .stripTrailing()
                        + "\r\n\r\n");
    }

    private static RawClient webSocket(TestGateway gateway) {
        RawClient client = get(
                gateway,
                "/socket",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        assertThat(client.readHead().status()).isEqualTo(101);
        return client;
    }

    /** All at once, so that they are silent together. */
    @Test
    void streamsMayBeSilent() {
        try (RawClient events = get(patient, "/events");
                RawClient late = get(patient, "/late");
                RawClient socket = webSocket(patient)) {
            socket.send(FRAME);
            Future<Buffer> overHttp2 = eventsOverHttp2();
            assertThat(events.readToEnd()).contains("data: 1", "data: 2").endsWith("\r\n0\r\n\r\n");
            assertThat(late.read().body()).isEqualTo("late");
            assertThat(socket.read(FRAME.length())).isEqualTo(FRAME);
            assertThat(TestNode.await(overHttp2).toString()).isEqualTo("data: 1\n\ndata: 2\n\n");
        }
    }

    private static Future<Buffer> eventsOverHttp2() {
        return http2.request(new RequestOptions()
                        .setHost("127.0.0.1")
                        .setPort(secure.port())
                        .setMethod(HttpMethod.GET)
                        .setURI("/events"))
                .compose(request ->
                        request.authority(HostAndPort.create("shop", -1)).send())
                .compose(answer -> answer.body());
    }

    /** Nobody reads its end as if it were whole. */
    @Test
    void butNotForEver() {
        try (RawClient events = get(impatient, "/endless");
                RawClient socket = webSocket(impatient)) {
            assertThat(events.readToEnd()).contains("begun").doesNotContain("\r\n0\r\n\r\n");
            assertThat(socket.readToEnd()).isEqualTo("\u0088\u0002\u0003\u00e9");
        }
    }

    @Test
    void connectionsThatCarryNothingMayNot() {
        try (RawClient silent = RawClient.connect(patient.port());
                RawClient served = get(patient, "/x")) {
            assertThat(served.read().status()).isEqualTo(200);
            assertThat(silent.readToEnd()).isEmpty();
            assertThat(served.readToEnd()).isEmpty();
        }
    }

    @Test
    void halfOfAHeadMayNot() {
        try (RawClient half = RawClient.connect(impatient.port()).send("GET /x HTTP/1.1\r\nHost: shop\r\nX-");
                RawClient behind = get(patient, "/endless")) {
            behind.send("GET /x HTTP/1.1\r\nHost: shop\r\nX-");
            half.readToEnd();
            assertThat(behind.readToEnd()).contains("begun").doesNotContain("\r\n0\r\n\r\n");
        }
    }

    @Test
    void halfOfABodyMayNot() {
        try (RawClient half = RawClient.connect(patient.port())) {
            half.send(RawClient.request("POST /upload HTTP/1.1", "Host: shop", "Content-Length: 10") + "half");
            servesOthers();
            assertThat(half.readToEnd()).startsWith("HTTP/1.1 408");
            TestNode.eventually("the service is rid of it", () -> FREED.contains("upload"));
        }
    }

    @Test
    void whoDoesNotReadMayNot() {
        try (RawClient deaf = get(patient, "/flood")) {
            servesOthers();
            TestNode.eventually("the service is rid of it", () -> FREED.contains("flood"));
            assertThat(deaf.readToEnd()).doesNotContain("\r\n0\r\n\r\n");
        }
    }

    private static void servesOthers() {
        try (RawClient other = get(patient, "/x")) {
            assertThat(other.read().body()).isEqualTo("/x");
        }
    }
}
