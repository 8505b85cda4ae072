package io.gatehouse.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods, paths, versions and sizes: whatever is asked for, the answer is problem+json in plain words. */
class RequestLineTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.with(TestServer.Settings.USUAL)
                .on(HttpMethod.POST, "/oauth", new OAuthErrors(), exchange -> TestServer.text("ok"))
                .listening();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void assertProblem(RawReply reply, int status) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
        assertThat(reply.header("cache-control")).isEqualTo("no-store");
        assertThat(reply.json().getString("type")).isEqualTo("about:blank");
        assertThat(reply.json().getInteger("status")).isEqualTo(status);
        assertThat(reply.json().getString("title")).isNotEmpty();
        assertThat(reply.json().getString("detail")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/nowhere",
                "/now/",
                "//now",
                "/NOW",
                "/./now",
                "/x/../now",
                "/%6eow",
                "/now%2F",
                "/now;a=b",
                "/now%00",
                "/now#x",
                "/nowhere?now",
                "/n\u00e4w",
                "/t/",
                "/t//now",
                "/t/main/tenant",
                "http://a/",
                "HTTPS://a/x"
            })
    void whatIsNotThereIsNotFound(String target) {
        assertProblem(server.exchange("GET " + target + " HTTP/1.1", "Host: a"), 404);
    }

    @Test
    void aBrowserReadsThatOnAPage() {
        RawReply reply = server.exchange("GET /nowhere HTTP/1.1", "Host: a", "Accept: text/html,*/*;q=0.8");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.header("content-type")).isEqualTo("text/html; charset=utf-8");
        assertProblem(server.exchange("GET /nowhere HTTP/1.1", "Host: a", "Accept: */*"), 404);
        assertProblem(server.exchange("GET /t/nobody/tenant HTTP/1.1", "Host: a", "Accept: text/html"), 404);
    }

    @Test
    void anotherTenantIsFoundByItsPrefix() {
        assertThat(server.exchange("GET /t/shop/tenant HTTP/1.1", "Host: a").body())
                .isEqualTo("shop");
        assertThat(server.exchange("GET /tenant HTTP/1.1", "Host: a").body()).isEqualTo("main");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/t/nobody/tenant", "/t/SHOP/tenant", "/t/%73hop/tenant", "/t/shop%2Ftenant", "/t/../tenant"})
    void anUnknownTenantIsNotFound(String target) {
        assertProblem(server.exchange("GET " + target + " HTTP/1.1", "Host: a"), 404);
    }

    @Test
    void theQueryIsNoPartOfThePath() {
        assertThat(server.exchange("GET /now?x=/../%00&%zz HTTP/1.1", "Host: a").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a/now", "http://other.example:99/now?x"})
    void aWholeUrlMayStandInTheRequestLine(String target) {
        assertThat(server.exchange("GET " + target + " HTTP/1.1", "Host: a").body())
                .isEqualTo("now");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /now, 'GET, HEAD'",
        "GET, /echo, POST",
        "HEAD, /echo, POST",
        "TRACE, /now, 'GET, HEAD'",
        "OPTIONS, /echo, POST",
        "BREW, /echo, POST",
        "get, /now, 'GET, HEAD'",
        "CONNECT, /now, 'GET, HEAD'",
        "GET, /t/shop/echo, POST"
    })
    void anotherMethodIsToldTheRightOnes(String method, String path, String allowed) {
        try (RawClient client = server.connect()) {
            client.send(RawClient.request(method + " " + path + " HTTP/1.1", "Host: a"));
            RawReply reply = method.equals("HEAD") ? client.readHead() : client.read();
            assertThat(reply.status()).isEqualTo(405);
            assertThat(reply.header("allow")).isEqualTo(allowed);
            assertThat(reply.keepsAlive()).isTrue();
        }
    }

    @Test
    void anErrorIsWrittenInTheStyleOfThePath() {
        RawReply reply = server.exchange("GET /oauth HTTP/1.1", "Host: a");

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("content-type")).isEqualTo("application/json");
        assertThat(reply.json().getString("error")).isEqualTo("invalid_request");
    }

    @Test
    void headGetsTheHeadOfGet() {
        try (RawClient client = server.connect()) {
            client.send(RawClient.request("HEAD /now HTTP/1.1", "Host: a"));
            RawReply head = client.readHead();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-type")).isEqualTo("application/json");
            client.send(RawClient.request("GET /now HTTP/1.1", "Host: a"));
            assertThat(client.read().body()).isEqualTo("now");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONNECT example.org:443 HTTP/1.1",
                "OPTIONS * HTTP/1.1",
                "GET now HTTP/1.1",
                "GET ? HTTP/1.1",
                "GET ://a/now HTTP/1.1", // each of these four would pass for /now
                "GET x?y=http://a/now HTTP/1.1",
                "GET http://a?x=/now HTTP/1.1",
                "GET http:///now HTTP/1.1",
                "GET ftp://a/now HTTP/1.1",
                "GET /now HTTP/2.0",
                "GET /now HTTP/1.2",
                "GET /now HTTP/0.9",
                "GET /now http/1.1",
                "GET /now FTP/1.1",
                "GET /now",
                "GET",
                "GET /now HTTP/1.1 x",
                "GET  HTTP/1.1",
                "G\u0000T /now HTTP/1.1",
                "\u0016\u0003\u0001\u0002\u0000\u0001" // TLS where plain HTTP is spoken
            })
    void whatIsNoHttpRequestIsRefused(String line) {
        try (RawClient client = server.connect()) {
            client.send(RawClient.request(line, "Host: a"));
            assertProblem(client.read(), 400);
            assertThat(client.readToEnd()).isEmpty();
        }
    }

    @Test
    void thePrefaceOfHttp2IsRefused() {
        try (RawClient client = server.connect()) {
            client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
            assertProblem(client.read(), 400);
            assertThat(client.readToEnd()).isEmpty();
        }
    }

    @Test
    void aRequestLineThatIsTooLongIsRefused() {
        assertThat(server.exchange("GET /now?" + "x".repeat(8000) + " HTTP/1.1", "Host: a")
                        .status())
                .isEqualTo(200);
        assertProblem(server.exchange("GET /now?" + "x".repeat(8192) + " HTTP/1.1", "Host: a"), 414);
    }

    @Test
    void headersThatAreTooLargeAreRefused() {
        String half = "x".repeat(8000);
        assertThat(server.exchange("GET /now HTTP/1.1", "Host: a", "A: " + half, "B: " + half)
                        .status())
                .isEqualTo(200);
        assertProblem(server.exchange("GET /now HTTP/1.1", "Host: a", "A: " + half, "B: " + half + half), 431);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /", "GET / HTTP/1.1\r\nA: "})
    void theRefusalOfAHugeHeadCanBeReadAlthoughAllOfItWasSent(String beginning) {
        try (RawClient client = server.connect()) {
            client.sendWhilePossible((beginning + "x".repeat(200_000) + "\r\n\r\n").getBytes());
            assertThat(client.read().status()).isIn(414, 431);
        }
    }
}
