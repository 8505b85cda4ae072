package io.gatehouse.gateway.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.TestGateway;
import io.gatehouse.gateway.http.RawClient;
import io.gatehouse.gateway.http.RawReply;
import io.gatehouse.gateway.oauth.TestNode;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Services that break off, talk nonsense, or answer too soon: nobody takes half an answer for a whole one, or that of another.
 */
class OddServicesTest {
    private static final String GET = RawClient.request("GET /x HTTP/1.1", "Host: shop");

    private static TestGateway before(RawService service) {
        return new TestGateway("""
                routes:
                  - {id: shop, match: {host: shop}, demand: public, upstream: ["%s"], timeout: PT2S}
                """.formatted(service.origin()));
    }

    private static String ask(TestGateway gateway, String request) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            return client.send(request).readToEnd();
        }
    }

    @Test
    void abroken200IsNeverWhole() {
        try (RawService service = RawService.sayingLast("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
                TestGateway gateway = before(service)) {
            assertThat(ask(gateway, GET)).contains("Content-Length: 10").endsWith("half");
        }
    }

    @Test
    void brokenChunksAreNeverWhole() {
        try (RawService service =
                        RawService.sayingLast("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
                TestGateway gateway = before(service)) {
            assertThat(ask(gateway, GET)).contains("half").doesNotContain("0\r\n\r\n");
        }
    }

    /** Else the next answer on the connection would be read as the rest of this one. */
    @Test
    void whatComesShortOverHttp2IsNeverWhole() {
        try (TestService service = new TestService();
                TestGateway gateway = new TestGateway("""
                        routes:
                          - {id: shop, match: {host: shop}, demand: public, upstream: ["h2c://127.0.0.1:%d"]}
                        """.formatted(service.port()));
                RawClient client = RawClient.connect(gateway.port())) {
            service.on(
                            "/x",
                            request -> request.response()
                                    .putHeader("Content-Length", "5")
                                    .end())
                    .on(
                            "/empty",
                            request -> request.response()
                                    .putHeader("Content-Length", "0")
                                    .end());
            assertThat(client.send(GET).read().status()).isEqualTo(502);
            RawReply head = client.send(RawClient.request("HEAD /x HTTP/1.1", "Host: shop"))
                    .readHead();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-length")).isEqualTo("5");
            assertThat(client.send(RawClient.request("GET /empty HTTP/1.1", "Host: shop"))
                            .read()
                            .status())
                    .isEqualTo(200);
        }
    }

    static Stream<String> nonsense() {
        return Stream.of(
                "nonsense\r\n\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 1000 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n",
                "");
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void nonsenseIs502(String answer) {
        try (RawService service = RawService.sayingLast(answer);
                TestGateway gateway = before(service);
                RawClient client = RawClient.connect(gateway.port())) {
            RawReply reply = client.send(GET).read();
            assertThat(reply.status()).isEqualTo(502);
            assertThat(reply.body()).doesNotContain("127.0.0.1").doesNotContain("nonsense");
        }
    }

    @Test
    void twoAnswersAreOne() {
        String two = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\none"
                + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged";
        try (RawService service = RawService.saying(two);
                TestGateway gateway = before(service);
                RawClient client = RawClient.connect(gateway.port())) {
            assertThat(client.send(GET).read().body()).isEqualTo("one");
            RawReply next = client.send(GET).read();
            assertThat(next.body()).isNotEqualTo("forged");
        }
    }

    @ParameterizedTest
    @DisplayName("RFC 9112, 9.6: a service that says close, among other names too, is asked no more on that connection")
    @ValueSource(
            strings = {"close", "close, X-Private", "X-Private,Close", "keep-alive\r\nConnection: X-Private , close"})
    void closeMayStandAmongOthers(String connection) {
        Set<Socket> connections = ConcurrentHashMap.newKeySet();
        String answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Private: 1\r\nConnection: %s\r\n\r\nok";
        try (RawService service = RawService.that((head, socket, out) -> {
                    // It stays open: a client that does not hear would be answered.
                    connections.add(socket);
                    out.write(answer.formatted(connection).getBytes(StandardCharsets.US_ASCII));
                });
                TestGateway gateway = before(service);
                RawClient client = RawClient.connect(gateway.port())) {
            for (int i = 1; i <= 3; i++) {
                RawReply reply = client.send(GET).read();
                assertThat(reply.body()).isEqualTo("ok");
                assertThat(reply.has("x-private")).isEqualTo(connection.equals("close"));
                assertThat(connections).hasSize(i);
            }
        }
    }

    @Test
    void interimAnswersAreNoAnswers() {
        try (RawService service = RawService.saying("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n"
                        + "Link: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                TestGateway gateway = before(service);
                RawClient client = RawClient.connect(gateway.port())) {
            assertThat(client.send(GET).read().body()).isEqualTo("ok");
        }
    }

    @Test
    @DisplayName(
            "What is left of a request that was answered early is not read as the next one's beginning, nor the other way round")
    void anEarlyAnswerSpoilsTheConnection() {
        try (RawService service = RawService.saying("HTTP/1.1 413 No\r\nContent-Length: 2\r\n\r\nno");
                TestGateway gateway = before(service)) {
            try (RawClient client = RawClient.connect(gateway.port())) {
                client.send(RawClient.request("POST /large HTTP/1.1", "Host: shop", "Content-Length: 1000") + "begun");
                assertThat(client.read().status()).isEqualTo(413);
                client.sendWhilePossible("GET /smuggled HTTP/1.1\r\nHost: shop\r\n\r\n".getBytes());
                assertThat(client.readToEnd()).isEmpty();
            }
            for (int i = 0; i < 3; i++) {
                try (RawClient other = RawClient.connect(gateway.port())) {
                    assertThat(other.send(GET).read().status()).isEqualTo(413);
                }
            }
            TestNode.eventually("four requests", () -> service.heads.size() == 4);
            assertThat(service.heads.subList(1, 4))
                    .allSatisfy(head -> assertThat(head).startsWith("GET /x HTTP/1.1\r\n"));
        }
    }

    @Test
    void aSenderThatGoesAwayEndsTheRequest() {
        try (RawService service = RawService.that((head, connection, out) -> {
                    // Silence.
                });
                TestGateway gateway = before(service)) {
            try (RawClient client = RawClient.connect(gateway.port())) {
                client.send(RawClient.request("POST /large HTTP/1.1", "Host: shop", "Content-Length: 1000") + "begun");
                TestNode.eventually("the request came", () -> !service.heads.isEmpty());
            }
            assertThat(service.heads).hasSize(1);
        }
    }

    /** A service that answers everything, asked for WebSockets it has not, must not run out of connections. */
    @Test
    void aRefusedWebSocketLeavesNoConnectionBehind() {
        List<Socket> connections = new CopyOnWriteArrayList<>();
        try (RawService service = RawService.that((head, connection, out) -> {
                    connections.add(connection);
                    out.write("HTTP/1.1 404 No\r\nContent-Length: 2\r\n\r\nno".getBytes(StandardCharsets.US_ASCII));
                });
                TestGateway gateway = before(service);
                RawClient client = RawClient.connect(gateway.port())) {
            for (int i = 0; i < 3; i++) {
                RawReply reply = client.send(RawClient.request(
                                "GET /x HTTP/1.1",
                                "Host: shop",
                                "Connection: Upgrade",
                                "Upgrade: websocket",
                                "Sec-WebSocket-Version: 13",
                                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="))
                        .read();
                assertThat(reply.body()).isEqualTo("no");
            }
            TestNode.eventually("all are closed", () -> connections.stream().allMatch(Socket::isClosed));
            assertThat(client.send(GET).read().body()).isEqualTo("no");
        }
    }

    /** RFC 6265, section 4.1.1: any service may set cookies, but not those that stand for a login with Gatehouse. */
    @Test
    void noServiceSpeaksInGatehousesName() {
        try (RawService service = RawService.saying("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n"
                        + "Set-Cookie: __Host-gatehouse-session=stolen; Path=/; Secure\r\n"
                        + "Set-Cookie: gatehouse-session=stolen\r\n"
                        + "Set-Cookie: GateHouse-Browser=stolen\r\n"
                        + "Set-Cookie: =gatehouse-service=stolen\r\n"
                        + "Set-Cookie: = __Host-gatehouse-service=stolen\r\n"
                        + "Set-Cookie: mine=1\r\n"
                        + "X-Gatehouse-Subject: root\r\n"
                        + "Connection: keep-alive, X-Private, Content-Length\r\n"
                        + "X-Private: 1\r\n"
                        + "Keep-Alive: timeout=5\r\n"
                        + "Proxy-Authenticate: Basic\r\n"
                        + "Upgrade: h2c\r\n"
                        + "X-Public: 1\r\n\r\nok");
                TestGateway gateway = before(service);
                RawClient client = RawClient.connect(gateway.port())) {
            RawReply reply = client.send(GET).read();
            assertThat(reply.headers().get("set-cookie")).containsExactly("mine=1");
            assertThat(reply.headers()).containsOnlyKeys("set-cookie", "x-public", "content-length");
        }
    }
}
