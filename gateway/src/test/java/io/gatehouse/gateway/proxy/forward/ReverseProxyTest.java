package io.gatehouse.gateway.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.http.RawClient;
import io.gatehouse.gateway.http.RawReply;
import io.gatehouse.gateway.oauth.TestNode;
import io.gatehouse.gateway.oauth.Tokens;
import io.netty.util.internal.PlatformDependent;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReverseProxyTest {
    @RegisterExtension
    static final Door DOOR = new Door("""
                revocation: {heartbeat: PT1S, staleness: PT2M}
                routes:
                  - {id: open, match: {host: shop, path: /open}, demand: public, upstream: ["%1$s"]}
                  - {id: asked, match: {host: shop, path: /asked}, demand: public}
                  - {id: dead, match: {host: shop, path: /dead}, demand: public, upstream: ["http://127.0.0.1:1"]}
                  - {id: slow, match: {host: shop, path: /slow}, demand: public, upstream: ["%1$s"], timeout: PT0.5S}
                  - {id: shop, match: {host: shop}, demand: bearer, upstream: ["%1$s"]}
                  - {id: beside, match: {path: /beside}, same_origin: true, demand: public, upstream: ["%1$s"]}
                """);

    @BeforeAll
    static void answer() {
        DOOR.service
                .on(
                        "/open/head",
                        request -> request.response()
                                .putHeader("Content-Length", "7")
                                .end())
                .on(
                        "/open/status/204",
                        request -> request.response().setStatusCode(204).end())
                .on(
                        "/open/status/304",
                        request -> request.response()
                                .putHeader("Content-Length", "7")
                                .setStatusCode(304)
                                .end())
                .on("/open/chunks", request -> {
                    request.response().setChunked(true);
                    request.response().write("one ");
                    DOOR.service.vertx.setTimer(50, later -> request.response().end("two"));
                })
                .on(
                        "/open/echo",
                        request -> request.body()
                                .onSuccess(body -> request.response().end(body)))
                .on("/slow/never", request -> {})
                .on("/slow/later", request -> {
                    request.response().setChunked(true).write("begun ");
                    DOOR.service.vertx.setTimer(
                            1_500, later -> request.response().end("ended"));
                });
    }

    private static RawReply send(String host, String requestLine, String... headers) {
        return Shop.send(DOOR.gateway, host, requestLine, headers);
    }

    private static RawReply get(String path, String... headers) {
        return send("shop", "GET " + path, headers);
    }

    @Test
    void passesOnWhatMayGoOn() {
        RawReply reply = get("/open/thing?a=b&c=%2e%2E//", "X-Custom: 1");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("/open/thing?a=b&c=%2e%2E//");
        assertThat(DOOR.service.seenOnce().one("x-custom")).isEqualTo("1");
        assertThat(DOOR.service.seenOnce().one("host")).isEqualTo("shop");
    }

    @Test
    void asksForATokenWhereTheRouteDoes() {
        RawReply refused = get("/cart");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.headers().get("www-authenticate"))
                .hasSize(2)
                .anyMatch("Bearer realm=\"gatehouse\""::equals)
                .anyMatch(challenge -> challenge.startsWith("DPoP "));
        assertThat(DOOR.service.seen).isEmpty();

        RawReply passed = get("/cart", "Authorization: Bearer " + Tokens.signed(Tokens.claims()));
        assertThat(passed.status()).as("%s", passed).isEqualTo(200);
        assertThat(DOOR.service.seenOnce().one("x-gatehouse-subject")).isEqualTo(Tokens.SUBJECT);
        assertThat(DOOR.service.seenOnce().all("authorization")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.gatehouse/x", "/.gatehouse/handover/", "/.%67atehouse/handover?code=c&state=s"})
    void whatIsMeantForGatehouseReachesNoService(String target) {
        RawReply reply = get(target, "Authorization: Bearer " + Tokens.signed(Tokens.claims()));
        assertThat(reply.status()).as("%s", reply).isEqualTo(404);
        assertThat(DOOR.service.seen).isEmpty();
    }

    @Test
    void bodiesGoBothWays() {
        try (RawClient client = RawClient.connect(DOOR.gateway.port())) {
            client.send(RawClient.request("POST /open/echo HTTP/1.1", "Host: shop", "Content-Length: 5") + "hello");
            assertThat(client.read().body()).isEqualTo("hello");
            client.send(RawClient.request("PUT /open/echo HTTP/1.1", "Host: shop", "Transfer-Encoding: chunked"));
            client.send("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
            assertThat(client.read().body()).isEqualTo("abcde");
            client.send(RawClient.request("GET /open/chunks HTTP/1.1", "Host: shop", "Connection: close"));
            assertThat(client.readToEnd()).contains("one ").contains("two").endsWith("0\r\n\r\n");
        }
    }

    @Test
    void answersWithoutABodyHaveNone() {
        try (RawClient client = RawClient.connect(DOOR.gateway.port())) {
            client.send(RawClient.request("HEAD /open/head HTTP/1.1", "Host: shop"));
            RawReply head = client.readHead();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-length")).isEqualTo("7");
            client.send(RawClient.request("GET /open/status/204 HTTP/1.1", "Host: shop"));
            RawReply empty = client.readHead();
            assertThat(empty.status()).isEqualTo(204);
            assertThat(empty.has("transfer-encoding")).isFalse();
            assertThat(empty.has("content-length")).isFalse();
            client.send(RawClient.request("GET /open/status/304 HTTP/1.1", "Host: shop"));
            assertThat(client.readHead().status()).isEqualTo(304);
            client.send(RawClient.request("GET /open/last HTTP/1.1", "Host: shop"));
            assertThat(client.read().body()).isEqualTo("/open/last");
        }
    }

    @ParameterizedTest
    @DisplayName("RFC 9112, 9.6: who says close, among other names too, is closed upon")
    @ValueSource(strings = {"close", "Close", "close, TE", "TE,close", "keep-alive, close"})
    void closeMayStandAmongOthers(String connection) {
        for (String host : List.of("shop", "login.example.org")) {
            try (RawClient client = RawClient.connect(DOOR.gateway.port())) {
                client.send(RawClient.request("GET /open/x HTTP/1.1", "Host: " + host, "Connection: " + connection));
                assertThat(client.read().keepsAlive()).isFalse();
                assertThat(client.readToEnd()).isEmpty();
            }
        }
    }

    @Test
    void aClientOfHttp10GetsNoChunks() {
        try (RawClient client = RawClient.connect(DOOR.gateway.port())) {
            client.send(RawClient.request("GET /open/chunks HTTP/1.0", "Host: shop", "Connection: keep-alive"));
            assertThat(client.readToEnd()).startsWith("HTTP/1.0 200").endsWith("\r\n\r\none two");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "shop, /asked, 404",
        "shop:8443, /open/x, 200",
        "other, /open/x, 404",
        "login.example.org, /open/x, 404",
        "login.example.org, /beside/x, 200",
        "login.example.org, /oauth2/jwks, 200",
        "shop, /oauth2/jwks, 401",
        "shop, /beside, 401",
        "other, /beside, 404",
    })
    void whatNoRouteCoversIsUnknown(String host, String path, int status) {
        assertThat(send(host, "GET " + path).status()).isEqualTo(status);
        assertThat(DOOR.service.seen).hasSize(status == 200 && !path.startsWith("/oauth2") ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "/open/%41b%7e, /open/Ab~",
        "/open/a%20b, /open/a%20b",
        "/open/%c3%a9, /open/%C3%A9",
        "/open/a%2bb+c, /open/a%2Bb+c",
        "/open/%7B|^x, /open/%7B%7C%5Ex",
        "/op%65n/, /open/",
        "http://shop/open/x?y, /open/x?y",
    })
    void thePathThatWasMatchedIsPassedOn(String sent, String passed) {
        assertThat(get(sent).body()).isEqualTo(passed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/open/../cart",
                "/open/%2e%2e/cart",
                "/open%2f..%2fcart",
                "/open/..;/cart",
                "//open",
                "/open//x",
                "/open/%00",
                "/open;a",
                "/open\\x",
                "/open/%",
                "/open/%c0%af",
                "http://other/open/x",
                "http://shop@other/open/x",
            })
    void ambiguousPathsArePassedOnToNobody(String target) {
        assertThat(get(target, "Authorization: Bearer " + Tokens.signed(Tokens.claims()))
                        .status())
                .isIn(400, 403);
        assertThat(DOOR.service.seen).isEmpty();
    }

    @Test
    void aServiceThatCantBeReachedIs502AndOneThatIsLate504() {
        RawReply dead = get("/dead");
        assertThat(dead.status()).isEqualTo(502);
        assertThat(dead.body()).doesNotContain("127.0.0.1");
        assertThat(get("/slow/never").status()).isEqualTo(504);
        // Once it has begun, an answer takes its time.
        try (RawClient client = RawClient.connect(DOOR.gateway.port())) {
            client.send(RawClient.request("GET /slow/later HTTP/1.1", "Host: shop", "Connection: close"));
            assertThat(client.readToEnd()).contains("begun").contains("ended");
        }
    }

    /**
     * Larger by far than what the body limit, and the heap's share for requests, allow; and what is held meanwhile is no more
     * than pieces.
     */
    @Test
    void largeUploadsStreamThrough() {
        long size = 200L << 20;
        DOOR.service.on("/open/count", request -> {
            long[] counted = {0};
            request.handler(chunk -> counted[0] += chunk.length());
            request.endHandler(end -> request.response().end(String.valueOf(counted[0])));
        });
        byte[] piece = Buffer.buffer(new byte[1 << 20]).getBytes();
        long before = held();
        try (RawClient client = RawClient.connect(DOOR.gateway.port())) {
            client.send(RawClient.request("POST /open/count HTTP/1.1", "Host: shop", "Content-Length: " + size));
            for (long sent = 0; sent < size; sent += piece.length) {
                client.send(piece);
                if (sent == size - (8L << 20)) {
                    assertThat(held() - before).isLessThan(64L << 20);
                }
            }
            assertThat(client.read().body()).isEqualTo(String.valueOf(size));
        }
    }

    /** Of the gateway, the service and the client: on the heap, and what Netty has taken beside it. */
    private static long held() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory() + Math.max(0, PlatformDependent.usedDirectMemory());
    }

    @Test
    void anEarlyAnswerEndsTheUpload() {
        DOOR.service.on(
                "/open/refused",
                request -> request.response()
                        .setStatusCode(413)
                        .putHeader("Connection", "close")
                        .end("too large"));
        try (RawClient client = RawClient.connect(DOOR.gateway.port())) {
            client.send(RawClient.request("POST /open/refused HTTP/1.1", "Host: shop", "Content-Length: 1000000"));
            client.send("x".repeat(1000));
            RawReply reply = client.read();
            assertThat(reply.status()).isEqualTo(413);
            assertThat(reply.body()).isEqualTo("too large");
            assertThat(reply.keepsAlive()).isFalse();
            client.sendWhilePossible(RawClient.request("GET /open/smuggled HTTP/1.1", "Host: shop")
                    .getBytes());
            assertThat(client.readToEnd()).isEmpty();
        }
        assertThat(DOOR.service.seen).hasSize(1);
        TestNode.eventually("the service has forgotten", () -> DOOR.service.seen.size() == 1);
    }
}
