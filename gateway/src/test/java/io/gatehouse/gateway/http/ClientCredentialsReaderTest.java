package io.gatehouse.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.gateway.oauth.ClientCredentials;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6749, section 2.3.1, over the wire. */
class ClientCredentialsReaderTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.with(TestServer.Settings.USUAL)
                .on(HttpMethod.POST, "/token", new OAuthErrors(), ClientCredentialsReaderTest::show)
                .listening();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Future<Reply> show(Exchange exchange) {
        ClientCredentials found = ClientCredentialsReader.read(exchange, FormBody.read(exchange));
        if (found == null) {
            return TestServer.text("none");
        }
        Secret secret = found.secret();
        return TestServer.text(
                found.method() + "|" + found.clientId() + "|" + (secret == null ? "-" : secret.reveal()));
    }

    private static RawReply post(String body, String... headers) {
        List<String> lines = new ArrayList<>(List.of(
                "POST /token HTTP/1.1",
                "Host: a",
                "Content-Type: application/x-www-form-urlencoded; charset=UTF-8",
                "Content-Length: " + body.length()));
        lines.addAll(List.of(headers));
        try (RawClient client = server.connect()) {
            return client.send(RawClient.request(lines.toArray(String[]::new)) + body)
                    .read();
        }
    }

    private static String basic(String credentials) {
        return "Authorization: Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void assertError(RawReply reply, int status, String error) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.json().getString("error")).isEqualTo(error);
        assertThat(reply.has("www-authenticate")).isEqualTo(status == 401);
    }

    @ParameterizedTest
    @CsvSource({
        "client_id=web&client_secret=s3cret, CLIENT_SECRET_POST|web|s3cret",
        "client_id=web, NONE|web|-",
        "client_id=web&client_secret=, NONE|web|-",
        "client_secret=s3cret, none",
        "'', none",
        "client_id=w%20b&client_secret=s%2Bt, CLIENT_SECRET_POST|w b|s+t"
    })
    void theBodyNamesTheClient(String body, String found) {
        assertThat(post(body).body()).isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource({
        "web:s3cret, web|s3cret",
        "web:s3:cr:et, web|s3:cr:et",
        "web:, web|",
        "w%20b:s%2Bt%3A, w b|s+t:",
        "w+b:s, w b|s",
        "w%3Ab:s, w:b|s",
        "w%C3%A4b:s, w\u00e4b|s"
    })
    void theHeaderNamesTheClient(String credentials, String found) {
        assertThat(post("", basic(credentials)).body()).isEqualTo("CLIENT_SECRET_BASIC|" + found);
    }

    @Test
    void theSchemeIsReadInAnyCase() {
        assertThat(post("", basic("web:s").replace("Basic", "bAsIc")).body()).isEqualTo("CLIENT_SECRET_BASIC|web|s");
        assertThat(post("", basic("web:s").replace("Basic ", "Basic   ")).body())
                .isEqualTo("CLIENT_SECRET_BASIC|web|s");
    }

    @Test
    void theSameClientIdMayStandInBoth() {
        assertThat(post("client_id=web", basic("web:s")).body()).isEqualTo("CLIENT_SECRET_BASIC|web|s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_id=web&client_secret=s", "client_secret=s", "client_secret=other"})
    void aClientAuthenticatesOnce(String body) {
        assertError(post(body, basic("web:s")), 400, "invalid_request");
    }

    private static String assertion(String header, String claims) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return "client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion="
                + encoder.encodeToString(header.getBytes(StandardCharsets.UTF_8))
                + "."
                + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".AAAA";
    }

    @ParameterizedTest
    @CsvSource({"ES256, PRIVATE_KEY_JWT", "HS256, CLIENT_SECRET_JWT"})
    void anAssertionNamesTheClient(String algorithm, String method) {
        String body = assertion("{\"alg\":\"" + algorithm + "\"}", "{\"sub\":\"web\"}");
        assertThat(post(body).body()).isEqualTo(method + "|web|-");
        assertThat(post(body + "&client_id=web").body()).isEqualTo(method + "|web|-");
        assertError(post(body + "&client_id=other"), 400, "invalid_request");
        assertError(post(body + "&client_secret=s"), 400, "invalid_request");
        assertError(post(body, basic("web:s")), 400, "invalid_request");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{}|{}", "{}|[]", "[]|{\"sub\":\"web\"}", "{}|{\"sub\":7}", "{}|{\"sub\":\"web\"", "{}|''"})
    void anAssertionWithoutAClientIsRefused(String header, String claims) {
        assertError(post(assertion(header, claims)), 401, "invalid_client");
    }

    @Test
    void twoDifferentClientIdsAreRefused() {
        assertError(post("client_id=other", basic("web:s")), 400, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer abc",
                "Authorization: Digest username=\"web\"",
                "Authorization: Basic",
                "Authorization: Basic ",
                "Authorization: Basicd2ViOnM=",
                "Authorization: Basic d2ViOnM=,d2ViOnM=",
                "Authorization: Basic d2Vi OnM=",
                "Authorization: Basic ????",
                "Authorization: Basic =",
                "Authorization: Basic d2ViOnM_", // base64url
                "Authorization: d2ViOnM=",
                "Authorization:",
            })
    void anotherHeaderIsRefused(String header) {
        assertError(post("", header), 401, "invalid_client");
        assertError(post("client_id=web", header), 401, "invalid_client");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ":", ":secret", "web", "w%b:s", "web:s%", "web:\u00e4", "web:%E4", "w\u0000b:s", "web:%00"})
    void malformedCredentialsAreRefused(String credentials) {
        assertError(post("", basic(credentials)), 401, "invalid_client");
    }

    @Test
    void aHugeHeaderIsRefused() {
        assertThat(post("", basic("web:" + "s".repeat(3000))).status()).isEqualTo(200);
        assertError(post("", basic("web:" + "s".repeat(4000))), 401, "invalid_client");
        assertThat(post("", basic("web:" + "s".repeat(20_000))).status()).isEqualTo(431);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/json", "multipart/form-data", "application/x-www-form-urlencodedx"})
    void anotherMediaTypeIsRefused(String type) {
        try (RawClient client = server.connect()) {
            client.send(
                    RawClient.request("POST /token HTTP/1.1", "Host: a", "Content-Type: " + type, "Content-Length: 3")
                            + "a=b");
            assertError(client.read(), 400, "invalid_request");
        }
        assertError(server.exchange("POST /token HTTP/1.1", "Host: a", "Content-Length: 0"), 400, "invalid_request");
    }
}
