package io.gatehouse.deploy.flow;

import static io.gatehouse.deploy.flow.ProxiedService.HOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** WebSockets through the real proxies: opened for whoever may send a request, and nothing else is opened by their way. */
class ProxiedWebSocketTest {
    @RegisterExtension
    static final ProxiedService SHOP = new ProxiedService();

    private static final Vertx VERTX = Vertx.vertx();
    private static final WebSocketClient CLIENT = VERTX.createWebSocketClient();

    @AfterAll
    static void stop() throws Exception {
        await(VERTX.close());
    }

    @BeforeEach
    void forget() {
        SHOP.service().forget();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    /** @param headers name and value, divided by a colon and a blank */
    private static Future<WebSocket> connect(ProxyProduct product, String... headers) throws Exception {
        URI address = SHOP.proxy(product).address();
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost(address.getHost())
                .setPort(address.getPort())
                .setURI("/api/socket?room=1")
                .putHeader("Host", HOST);
        for (String header : headers) {
            options.addHeader(header.substring(0, header.indexOf(':')), header.substring(header.indexOf(':') + 2));
        }
        return CLIENT.connect(options);
    }

    @ParameterizedTest
    @EnumSource
    void itOpensAndSaysBackWhatIsSaid(ProxyProduct product) throws Exception {
        WebSocket socket =
                await(connect(product, SHOP.bearer(), "X-Gatehouse-Subject: root", "X_Gatehouse_Subject: root"));
        CompletableFuture<String> text = new CompletableFuture<>();
        CompletableFuture<Buffer> octets = new CompletableFuture<>();
        socket.textMessageHandler(text::complete);
        socket.binaryMessageHandler(octets::complete);
        await(socket.writeTextMessage("hello, café"));
        assertThat(text.get(60, TimeUnit.SECONDS)).isEqualTo("hello, café");
        Buffer large = Buffer.buffer("octets".repeat(30_000));
        await(socket.writeBinaryMessage(large));
        assertThat(octets.get(60, TimeUnit.SECONDS)).isEqualTo(large);
        await(socket.close());

        assertThat(SHOP.service().asked).hasSize(1);
        StreamingService.Asked asked = SHOP.service().asked.getFirst();
        assertThat(asked.line()).isEqualTo("GET /api/socket?room=1");
        assertThat(asked.all("Authorization")).isEmpty();
        boolean apache = product == ProxyProduct.APACHE;
        assertThat(asked.all(apache ? "OIDC_CLAIM_client_id" : "X-Gatehouse-Subject"))
                .containsExactly("batch");
        // Behind Apache it is no name of an identity.
        assertThat(asked.all("X_Gatehouse_Subject")).hasSizeLessThanOrEqualTo(apache ? 1 : 0);
    }

    @ParameterizedTest
    @EnumSource
    void itIsAskedAboutLikeAnyRequest(ProxyProduct product) throws Exception {
        for (String header : List.of("X-Other: 1", SHOP.bearer() + "x", "Authorization: Basic YTpi")) {
            assertThatThrownBy(() -> await(connect(product, header)))
                    .hasCauseInstanceOf(UpgradeRejectedException.class)
                    .extracting(failure -> ((UpgradeRejectedException) failure.getCause()).getStatus())
                    .isEqualTo(401);
        }
        BareCaller caller = new BareCaller(SHOP.proxy(product).address(), HOST);
        for (String target : List.of("/open/../api/socket", "/open/%2e%2e/api/socket", "/open%2f..%2fapi/socket")) {
            assertThat(caller.upgrade(target).status()).as(target).isBetween(301, 404);
        }
        assertThat(SHOP.service().asked).isEmpty();
    }

    /** The service would speak HTTP/2 from there on, and nobody would ask about its requests. */
    @ParameterizedTest
    @EnumSource
    void aConnectionTurnsIntoNothingElse(ProxyProduct product) throws Exception {
        for (String upgrade : List.of(
                "h2c",
                "H2C",
                "h2c, websocket",
                "websocket, h2c",
                "websocket\r\nUpgrade: h2c",
                "h2c\r\nUpgrade: websocket",
                "h2c\r\nUpgrade: h2c",
                "TLS/1.0",
                "websocket/13",
                "")) {
            SHOP.service().forget();
            String head = asksFor(product, upgrade).toLowerCase(Locale.ROOT);
            if (head.startsWith("http/1.1 101")) {
                assertThat(head).as(upgrade).contains("upgrade: websocket\r\n");
            }
            assertThat(head).as(upgrade).doesNotContain("upgrade: h2c");
            SHOP.service()
                    .asked
                    .forEach(asked -> assertThat(asked.all("Upgrade"))
                            .as(upgrade)
                            .isSubsetOf("websocket", "WebSocket")
                            .hasSizeLessThanOrEqualTo(1));
        }
    }

    private static String asksFor(ProxyProduct product, String upgrade) throws Exception {
        try (BareStream stream = new BareStream(SHOP.proxy(product).address())) {
            stream.head(
                    "GET /api/socket HTTP/1.1",
                    "Host: " + HOST,
                    SHOP.bearer(),
                    "Connection: Upgrade, HTTP2-Settings",
                    "Upgrade: " + upgrade,
                    "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
            return stream.answer();
        }
    }

    /** Who is told behind the question is not taken away behind it. */
    @ParameterizedTest
    @EnumSource(names = {"NGINX", "HAPROXY"})
    void theClientDoesNotSayWhichHeadersEndHere(ProxyProduct product) throws Exception {
        BareCaller caller = new BareCaller(SHOP.proxy(product).address(), HOST);
        String names = "Connection: X-Gatehouse-Subject, X-Gatehouse-Subject-Type";
        assertThat(caller.get("/api", SHOP.bearer(), names).status()).isEqualTo(200);
        StreamingService.Asked asked = SHOP.service().asked.getFirst();
        assertThat(asked.all("X-Gatehouse-Subject")).containsExactly("batch");
        assertThat(String.join(",", asked.all("Connection"))).doesNotContainIgnoringCase("gatehouse");
    }
}
