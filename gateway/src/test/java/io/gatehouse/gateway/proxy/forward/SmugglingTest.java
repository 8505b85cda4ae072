package io.gatehouse.gateway.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.TestGateway;
import io.gatehouse.gateway.http.RawClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One request in is one request out: nothing that two servers could cut in two ways is passed on. */
class SmugglingTest {
    private static final String SMUGGLED = "GET /cart HTTP/1.1\r\nHost: shop\r\nX-Gatehouse-Subject: root\r\n\r\n";

    private static RawService service;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        service = RawService.saying("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        gateway = new TestGateway("""
                routes:
                  - {id: open, match: {host: shop, path: /open}, demand: public, upstream: ["%1$s"]}
                  - {id: shop, match: {host: shop}, demand: bearer, upstream: ["%1$s"]}
                """.formatted(service.origin()));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        service.close();
    }

    @BeforeEach
    void forget() {
        service.heads.clear();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 5",
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: 0\r\nContent-Length: 0",
                "Content-Length: 5, 5",
                "Content-Length: +5",
                "Content-Length: 0x5",
                "Content-Length: 5 5",
                "Content-Xength: 5\r\nContent-Length : 5",
                "Content-Length\t: 5",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding:\u000bchunked",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding: gzip, chunked",
                "X: 1\r\n Transfer-Encoding: chunked",
                "Transfer-Encoding:\r\n chunked",
                "Host: other",
                "Host: shop",
                "X: 1\rTransfer-Encoding: chunked",
            })
    void ambiguousFramesArePassedOnToNobody(String headers) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            client.send("POST /open/x HTTP/1.1\r\nHost: shop\r\n" + headers + "\r\n\r\n0\r\n\r\n" + SMUGGLED);
            assertThat(client.readToEnd()).doesNotContain("HTTP/1.1 200").doesNotContain("root");
        }
        assertThat(service.heads).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /open/x HTTP/1.1\nHost: shop\n\n",
                "GET /open/x\r\n\r\n",
                "GET  /open/x HTTP/1.1\r\nHost: shop\r\n\r\n",
                "GET /open/x HTTP/2.0\r\nHost: shop\r\n\r\n",
                "GET /open/x HTTP/1.1 \r\nHost: shop\r\n\r\n",
                "GET /open/x HTTP/1.1\r\nHost: shop, other\r\n\r\n",
                "GET /open/x HTTP/1.1\r\nHost: shop/x\r\n\r\n",
                "GET /open/x HTTP/1.1\r\nHost: other@shop\r\n\r\n",
                "GET /open/x HTTP/1.1\r\n\r\n",
                "GET http://shop/open/x HTTP/1.1\r\nHost: other\r\n\r\n",
                "CONNECT shop:443 HTTP/1.1\r\nHost: shop\r\n\r\n",
                "get /open/x HTTP/1.1\r\nHost: shop\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n",
            })
    void oddRequestsReachTheServiceAsAPlainOneOrNotAtAll(String request) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            client.send(request).finishSending();
            client.readToEnd();
        }
        assertThat(service.heads).allSatisfy(head -> assertThat(head)
                .startsWith("GET /open/x HTTP/1.1\r\n")
                .containsOnlyOnce("\r\nhost: shop\r\n"));
    }

    @Test
    void chunksAreCutAnewAndTheirExtensionsAndTrailersAreLeftOut() {
        try (RawClient client = RawClient.connect(gateway.port())) {
            client.send("POST /open/x HTTP/1.1\r\nHost: shop\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "5;evil=\"x\"\r\nhello\r\n0;evil\r\nX-Gatehouse-Subject: root\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(200);
        }
        assertThat(service.heads.getFirst()).containsIgnoringCase("transfer-encoding: chunked");
        assertThat(service.heads.toString()).doesNotContain("evil").doesNotContain("root");
    }

    @Test
    void whatFollowsARequestIsAskedOfAnew() {
        try (RawClient client = RawClient.connect(gateway.port())) {
            client.send("POST /open/x HTTP/1.1\r\nHost: shop\r\nContent-Length: 0\r\n\r\n" + SMUGGLED);
            assertThat(client.read().status()).isEqualTo(200);
            assertThat(client.read().status()).isEqualTo(401);
        }
        assertThat(service.heads).hasSize(1);
    }
}
