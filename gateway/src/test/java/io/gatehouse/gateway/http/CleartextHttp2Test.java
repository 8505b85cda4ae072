package io.gatehouse.gateway.http;

import static io.gatehouse.gateway.http.RawHttp2.END_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/2 without TLS, to those who begin with it, beside HTTP/1 on the same port. */
class CleartextHttp2Test extends Http2Limits {
    private static final String NOW = RawClient.request("GET /now HTTP/1.1", "Host: a");
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = never(with(TestServer.Settings.USUAL)).listening();
    }

    private static TestServer with(TestServer.Settings settings) {
        return TestServer.with(settings.withCleartextHttp2());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    RawHttp2 connect() {
        return RawHttp2.connectInTheClear(server.port());
    }

    @Test
    void isOffUnlessItIsAskedFor() {
        try (TestServer usual = TestServer.start();
                RawClient client = usual.connect()) {
            assertThat(client.sendWhilePossible(RawHttp2.PREFACE.getBytes())).isTrue();
            assertThat(client.readToEnd()).startsWith("HTTP/1.0 400");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void aProxyInFrontMayHaveEndedTls(String scheme) {
        try (RawHttp2 client = connect()) {
            int stream = client.open(
                    END_STREAM, ":method", "GET", ":scheme", scheme, ":authority", "localhost", ":path", "/now");
            assertThat(client.answer(stream).body()).isEqualTo("now");
        }
    }

    @Test
    void theBeginningMayComeInPieces() throws InterruptedException {
        try (RawClient client = server.connect()) {
            for (byte one : RawHttp2.PREFACE.getBytes()) {
                client.send(new byte[] {one});
                Thread.sleep(2);
            }
            // Settings of both sides, as the first that each says (RFC 9113, section 3.4).
            client.send(new byte[] {0, 0, 0, RawHttp2.SETTINGS, 0, 0, 0, 0, 0});
            assertThat(client.read(9).charAt(3)).isEqualTo((char) RawHttp2.SETTINGS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PRI", "PRIX"})
    void whatOnlyBeginsAlikeIsHttp1(String method) throws InterruptedException {
        String whole = RawClient.request(method + " /echo HTTP/1.1", "Host: a", "Content-Length: 2") + "ok";
        try (RawClient client = server.connect()) {
            for (int i = 0; i < whole.length(); i += 3) {
                client.send(whole.substring(i, Math.min(i + 3, whole.length())));
                Thread.sleep(2);
            }
            RawReply reply = client.read();
            assertThat(reply.status()).isEqualTo(method.equals("POST") ? 200 : 405);
        }
    }

    @ParameterizedTest
    @DisplayName("h2c smuggling: no request turns its connection into one of HTTP/2")
    @ValueSource(
            strings = {
                "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA",
                "Connection: Upgrade\r\nUpgrade: h2c",
                "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA",
                "Connection: upgrade,http2-settings\r\nUpgrade: H2C, websocket\r\nHTTP2-Settings: "
            })
    void anUpgradeIsIgnored(String headers) {
        try (RawClient client = server.connect()) {
            for (String request : new String[] {"GET /now", "POST /echo"}) {
                client.send(RawClient.request(request + " HTTP/1.1", "Host: a", headers, "Content-Length: 0"));
                RawReply reply = client.read();
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.has("upgrade")).isFalse();
            }
            int before = server.calls.get();
            client.send(RawHttp2.PREFACE);
            assertThat(client.readToEnd()).startsWith("HTTP/1.0 400");
            assertThat(server.calls).hasValue(before);
        }
    }

    /** Not even the first request of a connection is read by another decoder than all others. */
    @Test
    void theRulesOfHttp1HoldFromTheFirstByte() {
        int before = server.calls.get();
        for (String header : new String[] {"Content-Xength: 5", "Content-Length: 5\r\nTransfer-Encoding: chunked"}) {
            try (RawClient client = server.connect()) {
                client.send(RawClient.request("POST /echo HTTP/1.1", "Host: a", header) + "0\r\n\r\n" + NOW);
                assertThat(client.readToEnd()).doesNotContain("now");
            }
        }
        assertThat(server.calls.get() - before).isLessThanOrEqualTo(1);
    }

    @Test
    void connectionsCountBeforeTheySayWhatTheySpeak() {
        try (TestServer small = with(TestServer.Settings.USUAL.connections(3)).listening();
                RawHttp2 one = RawHttp2.connectInTheClear(small.port());
                RawClient two = small.connect().send(NOW);
                RawClient silent = small.connect()) {
            assertThat(two.read().body()).isEqualTo("now");
            assertThat(one.answer(one.get("/now")).body()).isEqualTo("now");
            silent.send("PRI");
            try (RawClient tooMany = small.connect()) {
                assertThat(tooMany.readToEnd()).isEmpty();
            }
            assertThat(silent.send(" * HTTP/1.1\r\nHost: a\r\n\r\n").read().status())
                    .isEqualTo(400);
        }
    }

    @Test
    void whoDoesNotFinishTheBeginningIsCutOff() {
        TestServer.Settings impatient = TestServer.Settings.USUAL.times(Duration.ofSeconds(60), Duration.ofSeconds(1));
        try (TestServer strict = with(impatient).listening();
                RawClient client = strict.connect().send("PRI * HTTP/2.0")) {
            assertThat(client.readToEnd()).isEmpty();
        }
        TestServer.Settings silenceFree =
                TestServer.Settings.USUAL.times(Duration.ofSeconds(1), Duration.ofSeconds(60));
        try (TestServer strict = with(silenceFree).listening();
                RawClient client = strict.connect()) {
            assertThat(client.readToEnd()).isEmpty();
        }
    }

    @Test
    @DisplayName("CVE-2019-9515: whoever makes the server answer settings, and reads no answer, is cut off")
    void aFloodOfSettingsEndsTheConnection() {
        try (RawHttp2 client = connect()) {
            boolean open = true;
            byte[] many = RawHttp2.empty(RawHttp2.SETTINGS, 10_000);
            for (int i = 0; open && i < 1_000; i++) {
                open = client.sends(many);
            }
            assertThat(open).isFalse();
        }
    }
}
