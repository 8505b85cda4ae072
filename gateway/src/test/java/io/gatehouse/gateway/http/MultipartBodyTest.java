package io.gatehouse.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.Code;
import io.gatehouse.gateway.oauth.Parameters;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartBodyTest {
    private static TestServer server;
    private IncidentLog log;

    @BeforeAll
    static void start() {
        server = TestServer.with(TestServer.Settings.USUAL)
                .on(HttpMethod.POST, "/form", exchange -> {
                    Parameters fields = MultipartBody.parse(exchange, new Parameters(Code.UNPROCESSABLE_CONTENT));
                    return TestServer.text(fields.get("a") + "|" + fields.get("b"));
                })
                .listening();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void listen() {
        log = IncidentLog.listen();
    }

    @AfterEach
    void nothingWasAnAccident() {
        log.close();
        assertThat(log.incidents()).isEmpty();
    }

    private static RawReply post(String type, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        try (RawClient client = server.connect()) {
            client.send(RawClient.request(
                            "POST /form HTTP/1.1",
                            "Host: a",
                            "Content-Type: " + type,
                            "Content-Length: " + bytes.length))
                    .send(bytes);
            return client.read();
        }
    }

    private static RawReply postForm(String... parts) {
        String body = IntStream.range(0, parts.length)
                .mapToObj(i -> "--XX\r\n" + parts[i] + "\r\n")
                .collect(Collectors.joining());
        return post("multipart/form-data; boundary=XX", body + "--XX--\r\n");
    }

    private static String field(String name, String value) {
        return "Content-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value;
    }

    @Test
    void fieldsAreRead() {
        assertThat(postForm(field("a", "1 + 2 & 3%20"), field("b", "")).body()).isEqualTo("1 + 2 & 3%20|null");
        assertThat(postForm(field("a", "\u00c3\u00a4"), field("b", "x\r\ny")).body())
                .isEqualTo("\u00e4|x\r\ny");
    }

    @Test
    void filesArePassedOver() {
        String file =
                "Content-Disposition: form-data; name=\"b\"; filename=\"x.txt\"\r\nContent-Type: text/plain\r\n\r\nsecret";

        assertThat(postForm(field("a", "1"), file).body()).isEqualTo("1|null");
    }

    @Test
    void aFieldGivenTwiceIsRefused() {
        RawReply reply = postForm(field("a", "1"), field("a", "2"));

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().getString("detail")).isEqualTo("a is given more than once: send it once");
    }

    @Test
    void tooManyFieldsAreRefused() {
        String[] parts =
                IntStream.range(0, 65).mapToObj(i -> field("f" + i, "x")).toArray(String[]::new);

        assertThat(postForm(parts).status()).isIn(400, 422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "multipart/form-data; boundary",
                "multipart/form-data; charset=UTF-8",
            })
    void withoutABoundaryItIsRefused(String type) {
        assertThat(post(type, "--XX\r\n" + field("a", "1") + "\r\n--XX--\r\n").status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--XX",
                "--XX--",
                "no boundary at all",
                "--XX\r\n\r\n--XX--",
                "--XX\r\nContent-Disposition: form-data\r\n\r\nx\r\n--XX--",
                "--XX\r\nContent-Disposition: form-data; name=\"c\"\r\nContent-Type: text/plain; charset=nonsense\r\n\r\nx\r\n--XX--",
                "--XX\r\nContent-Disposition: form-data; name=\"c\"\r\nContent-Type: text/plain; charset=\"\u00e4 \"\r\n\r\nx\r\n--XX--",
                "--XX\r\nContent-Disposition: form-data; name=\"c\"\r\nContent-Length: nonsense\r\n\r\nx\r\n--XX--",
                "--XX\r\nContent-Disposition: form-data; name=\"c\"\r\nContent-Length: 99999999999\r\n\r\nx\r\n--XX--",
                "--XX\r\nContent-Disposition: form-data; name=\"c\"\r\nContent-Transfer-Encoding: nonsense\r\n\r\nx\r\n--XX--",
                "--XX\r\nContent-Disposition: form-data; name=\"c\"\r\nContent-Type: multipart/mixed; boundary=XX\r\n\r\n--XX--",
                "--XX\r\nContent-Disposition: form-data; name=\"\"\r\n\r\nx\r\n--XX--",
                "--XX\r\nContent-Disposition: form-data; name=\"c\"; filename*=nonsense\r\n\r\nx\r\n--XX--",
                "--XX\r\nnonsense\r\n\r\nx\r\n--XX--",
            })
    void aMalformedBodyIsRefusedOrHasNoFields(String body) {
        RawReply reply = post("multipart/form-data; boundary=XX", body);

        assertThat(reply.status() == 200 ? reply.body() : reply.json().getString("detail"))
                .isIn("null|null", "the multipart body is malformed");
    }

    @Test
    void aLongFieldWithoutAnEndIsRefused() {
        String body = "--XX\r\n" + field("a", "x".repeat(10_000));

        assertThat(post("multipart/form-data; boundary=XX", body).status()).isIn(200, 400);
        assertThat(post("multipart/form-data; boundary=XX", "--XX\r\nX: " + "x".repeat(10_000))
                        .status())
                .isIn(200, 400);
    }

    @Test
    void aFieldThatIsNotUtf8IsRefused() {
        assertThat(postForm(field("a", "\u00e4")).status()).isEqualTo(400);
        assertThat(postForm(field("a", "b\u0000c")).status()).isEqualTo(400);
    }

    /** Whatever is sent is no accident of ours. */
    @Test
    void mutilatedBodiesAreNoIncidents() {
        String whole = "--XX\r\n" + field("a", "1") + "\r\n--XX\r\n" + field("b", "\u00c3\u00a4") + "\r\n--XX--\r\n";
        Random random = new Random(42);
        for (int i = 0; i < 500; i++) {
            StringBuilder body = new StringBuilder(whole);
            for (int j = 0; j <= random.nextInt(4); j++) {
                int at = random.nextInt(body.length());
                switch (random.nextInt(3)) {
                    case 0 -> body.deleteCharAt(at);
                    case 1 -> body.setCharAt(at, (char) random.nextInt(256));
                    default -> body.insert(at, whole, at % whole.length(), whole.length());
                }
            }
            assertThat(post("multipart/form-data; boundary=XX", body.toString()).status())
                    .as(body.toString())
                    .isLessThan(500);
        }
    }
}
