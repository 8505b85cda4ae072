package io.gatehouse.deploy.flow;

import static io.gatehouse.deploy.flow.ProxiedService.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Large bodies through the real proxies: they go through as they come, and those that are refused do no harm. */
class ProxiedUploadTest {
    private static final int PIECE = 1 << 20;
    private static final int PIECES = 64;
    private static final String LENGTH = "Content-Length: " + (long) PIECES * PIECE;

    @RegisterExtension
    static final ProxiedService SHOP = new ProxiedService();

    @BeforeEach
    void forget() {
        SHOP.service().forget();
    }

    private static BareStream open(ProxyProduct product) throws Exception {
        return new BareStream(SHOP.proxy(product).address());
    }

    private static byte[] piece(int number) {
        byte[] piece = new byte[PIECE];
        Arrays.fill(piece, (byte) number);
        return piece;
    }

    /** What begins to arrive before the end is sent was not collected on the way. */
    private static void awaitBeginning() throws InterruptedException {
        for (int i = 0; i < 6_000 && SHOP.service().received.get() == 0; i++) {
            Thread.sleep(10);
        }
        assertThat(SHOP.service().received.get()).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void itArrivesWholeAndWhileItIsSent(ProxyProduct product) throws Exception {
        CRC32 sum = new CRC32();
        try (BareStream upload = open(product)) {
            upload.head("PUT /api/film HTTP/1.1", "Host: " + HOST, SHOP.bearer(), LENGTH, "Connection: close");
            for (int i = 0; i < PIECES; i++) {
                upload.write(piece(i));
                sum.update(piece(i));
                if (i == 0) {
                    awaitBeginning();
                }
            }
            assertThat(upload.answer()).startsWith("HTTP/1.1 200");
            String told = (long) PIECES * PIECE + " " + sum.getValue();
            assertThat(upload.until(told)).isEqualTo(told);
        }
        assertThat(SHOP.service().asked).hasSize(1);
        assertThat(SHOP.service().asked.getFirst().line()).isEqualTo("PUT /api/film");
    }

    @ParameterizedTest
    @EnumSource
    void ofUnknownLengthItArrivesToo(ProxyProduct product) throws Exception {
        try (BareStream upload = open(product)) {
            upload.head(
                    "POST /api/film HTTP/1.1",
                    "Host: " + HOST,
                    SHOP.bearer(),
                    "Transfer-Encoding: chunked",
                    "Connection: close");
            for (int i = 0; i < 4; i++) {
                upload.write((Integer.toHexString(PIECE) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                upload.write(piece(i));
                upload.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                if (i == 0) {
                    awaitBeginning();
                }
            }
            upload.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(upload.answer()).startsWith("HTTP/1.1 200");
        }
        assertThat(SHOP.service().received.get()).isEqualTo(4L * PIECE);
    }

    @ParameterizedTest
    @EnumSource
    void whoAsksFirstNeedNotSendWhatIsRefused(ProxyProduct product) throws Exception {
        for (String header : List.of("X-Other: 1", SHOP.bearer() + "x")) {
            try (BareStream upload = open(product)) {
                upload.head("PUT /api/film HTTP/1.1", "Host: " + HOST, header, LENGTH, "Expect: 100-continue");
                assertThat(upload.answer()).startsWith("HTTP/1.1 401");
            }
        }
        try (BareStream upload = open(product)) {
            upload.head("PUT /api/film HTTP/1.1", "Host: " + HOST, SHOP.bearer(), LENGTH, "Expect: 100-continue");
            assertThat(upload.answer()).startsWith("HTTP/1.1 100");
        }
        assertThat(SHOP.service().asked)
                .extracting(StreamingService.Asked::line)
                .isSubsetOf("PUT /api/film");
    }

    /** A body that holds requests, of which none is taken for one. */
    @ParameterizedTest
    @EnumSource
    void whatIsRefusedIsNoRequestOfItsOwn(ProxyProduct product) throws Exception {
        String inside = String.join("\r\n", "GET /api/inside HTTP/1.1", "Host: " + HOST, SHOP.bearer(), "\r\n");
        byte[] body = inside.repeat(PIECE / inside.length()).getBytes(StandardCharsets.US_ASCII);
        try (BareStream upload = open(product)) {
            Thread.ofVirtual().start(() -> refused(upload, body));
            assertThat(upload.answer()).startsWith("HTTP/1.1 401");
            upload.until("HTTP/1.1 200");
        } catch (IOException cutOff) {
            // Nobody has to read what is refused.
        }
        assertThat(SHOP.service().asked)
                .extracting(StreamingService.Asked::line)
                .isSubsetOf("GET /api/behind");
    }

    private static void refused(BareStream upload, byte[] body) {
        try {
            upload.head("PUT /api/film HTTP/1.1", "Host: " + HOST, "Content-Length: " + (long) PIECES * body.length);
            for (int i = 0; i < PIECES; i++) {
                upload.write(body);
            }
            upload.head("GET /api/behind HTTP/1.1", "Host: " + HOST, SHOP.bearer(), "Connection: close");
        } catch (IOException cutOff) {
            // As above.
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NGINX", "HAPROXY"})
    void theQuestionHoldsNoBody(ProxyProduct product) throws Exception {
        try (EchoUpstream gatehouse = new EchoUpstream();
                EchoUpstream shop = new EchoUpstream();
                ProxyProgram proxy = product.start(SHOP.folder("asks-" + product), gatehouse.port(), shop.port())) {
            BareCaller caller = new BareCaller(proxy.address(), HOST);
            assertThat(caller.post("/api", "body", "Expect: 100-continue").body())
                    .contains("shop");
            assertThat(caller.upgrade("/api").status()).isIn(101, 502);
            assertThat(gatehouse.heads).hasSize(2).allSatisfy(head -> {
                assertThat(head.getFirst()).startsWith("GET /forward-auth/");
                assertThat(head)
                        .extracting(line -> line.toLowerCase(Locale.ROOT))
                        .noneMatch(line -> line.startsWith("content-length")
                                || line.startsWith("transfer-encoding")
                                || line.startsWith("expect")
                                || line.startsWith("upgrade"));
            });
            assertThat(shop.heads.getFirst().getFirst()).isEqualTo("POST /api HTTP/1.1");
        }
    }
}
