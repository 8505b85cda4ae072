package io.gatehouse.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Strangers fill in the form that the configuration is; nothing of the operator's may be reached through it. */
class ClientMetadataTest {
    private static final SecretValue SECRET = SecretValue.of("made-secret-0123456789abcdef0123456789");
    private static final String REDIRECT = "\"redirect_uris\": [\"https://app.example.org/cb\"]";

    private static ClientMetadata read(String json) {
        return ClientMetadata.read("main", "id", json, SECRET);
    }

    private static OAuthError.Protocol refusal(String json) {
        return (OAuthError.Protocol)
                catchThrowableOfType(OAuthFailure.class, () -> read(json)).error();
    }

    @Test
    void whatIsTold_isBoundAsIfItWereDeclared() {
        ClientMetadata read = read("{" + REDIRECT + ", \"client_name\": \"Boat\", \"scope\": \"a b\","
                + " \"software_id\": \"s\", \"contacts\": [\"ops@example.org\"], \"default_max_age\": 5,"
                + " \"require_auth_time\": true, \"policy_uri\": null}");
        assertThat(read.client().clientId()).isEqualTo("id");
        assertThat(read.client().tenant()).isEqualTo("main");
        assertThat(read.client().clientSecret()).isEqualTo(SECRET);
        assertThat(read.client().scopes()).containsExactly("a", "b");
        assertThat(read.client().defaultMaxAge()).isEqualTo(5);
        assertThat(read.client().requireAuthTime()).isTrue();
        assertThat(read.software().softwareId()).isEqualTo("s");
        assertThat(read.software().contacts()).containsExactly("ops@example.org");
    }

    /** Anybody can make an app that is opened by such a URI: it makes nobody a neighbour of that host. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.example.eve://shop.example.org/cb",
                "http://localhost/cb",
                "http://127.0.0.1/cb",
                "HTTP://127.0.0.1:8080/cb"
            })
    void aSectorIsAHostThatAnswersTravelToByHttps(String redirect) {
        String told = "\"subject_type\": \"pairwise\", \"redirect_uris\": [\"" + redirect + "\"]";
        OAuthError.Protocol refused = refusal("{" + told + "}");
        assertThat(refused.code()).isEqualTo(Code.INVALID_CLIENT_METADATA);
        assertThat(refused.description()).startsWith("subject_type ");
        assertThat(read("{" + told + ", \"sector_identifier_uri\": \"https://eve.example.org/s\"}")
                        .client()
                        .sector())
                .isEqualTo("eve.example.org");
        assertThat(read("{\"subject_type\": \"pairwise\", " + REDIRECT + "}")
                        .client()
                        .sector())
                .isEqualTo("app.example.org");
    }

    @Test
    void aPublicClient_getsNoSecret() {
        assertThat(read("{" + REDIRECT + ", \"token_endpoint_auth_method\": \"none\"}")
                        .client()
                        .clientSecret())
                .isNull();
    }

    @Test
    void noFileIsRead_andNothingOfTheOperatorsCounts(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), "file-secret-0123456789abcdef0123456789");
        ClientMetadata read = read("{" + REDIRECT + ", \"client_secret\": \"file:" + file + "\", \"tenant\": \"other\","
                + " \"client_id\": \"other\", \"require_pkce\": false, \"rotate_refresh_tokens\": false,"
                + " \"jwt_login\": {\"key\": \"file:" + file + "\"}}");
        assertThat(read.client().clientSecret()).isEqualTo(SECRET);
        assertThat(read.client().tenant()).isEqualTo("main");
        assertThat(read.client().clientId()).isEqualTo("id");
        assertThat(read.client().jwtLogin()).isNull();
        assertThat(read.client().requirePkce()).isNull();
        assertThat(read.client().rotateRefreshTokens()).isNull();
        assertThat(refusal("{" + REDIRECT + ", \"client_name\": \"" + "x".repeat(201) + "\"}")
                        .code())
                .isEqualTo(Code.INVALID_CLIENT_METADATA);
    }

    /** People decide by the name that they read. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\u202Ekcehc",
                "Bank\\u2066",
                "Ba\\u200Bnk",
                "Bank\\nverified",
                "Bank\\u0000",
                "Bank\\u2028",
                "\\uE000",
                "\\uD800",
                "  ",
                "\\u3164"
            })
    void aNameThatHidesOrTurnsLetters_isRefused(String name) {
        OAuthError.Protocol refused = refusal("{" + REDIRECT + ", \"client_name\": \"" + name + "\"}");
        assertThat(refused.code()).isEqualTo(Code.INVALID_CLIENT_METADATA);
        assertThat(refused.description()).startsWith("client_name ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Papierboot für Ada",
                "\u7D19\u306E\u8239",
                "\u0642\u0627\u0631\u0628",
                "\u0915\u094D\u200D\u0937",
                "\uD83D\uDEA3 Boat"
            })
    void aNameInAnyScript_isTaken(String name) {
        assertThat(read("{" + REDIRECT + ", \"client_name\": \"" + name + "\"}")
                        .client()
                        .clientName())
                .isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "1",
                "{",
                "{} {}",
                "{\"client_name\": \"a\", \"client_name\": \"b\"}",
                "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}"
            })
    void whatIsNoOneObject_isRefused(String json) {
        assertThat(refusal(json).code()).isEqualTo(Code.INVALID_CLIENT_METADATA);
    }

    @Test
    void listsAndTextsAreBounded() {
        String many = "\"https://app.example.org/cb\",".repeat(64) + "\"https://app.example.org/cb\"";
        assertThat(refusal("{\"redirect_uris\": [" + many + "]}").code()).isEqualTo(Code.INVALID_REDIRECT_URI);
        assertThat(refusal("{" + REDIRECT + ", \"x\": \"" + "x".repeat(1 << 16) + "\"}")
                        .code())
                .isEqualTo(Code.INVALID_CLIENT_METADATA);
    }

    /** What is wrong with a secret must not be said with the secret in it. */
    @Test
    void refusals_nameTheMember() {
        assertThat(refusal("{" + REDIRECT + ", \"token_endpoint_auth_method\": \"own\"}")
                        .description())
                .startsWith("token_endpoint_auth_method ");
        assertThat(refusal("{\"token_endpoint_auth_method\": \"none\"}").description())
                .startsWith("redirect_uris ");
        assertThat(refusal("{\"grant_types\": [\"urn:ietf:params:oauth:grant-type:token-exchange\"],"
                                + " \"token_exchange\": {\"subject_clients\": [\"web\"]}}")
                        .description())
                .startsWith("grant_types ")
                .contains("only the operator gives");
    }
}
