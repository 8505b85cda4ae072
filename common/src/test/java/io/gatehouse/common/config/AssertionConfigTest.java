package io.gatehouse.common.config;

import static io.gatehouse.common.config.ConfigAssertions.parsed;
import static io.gatehouse.common.config.ConfigAssertions.problem;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client declares of its keys, and of authentication by them. */
class AssertionConfigTest {
    private static final String KEY = "kty: EC, crv: P-256, x: AA, y: BB";
    private static final String JSON = "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"BB\"}]}";
    private static final String SECRET = "client_secret: 0123456789abcdef0123456789abcdef";

    private static String client(String rest) {
        return "bootstrap: {clients: [{client_id: web, grant_types: [refresh_token], " + rest + "}]}";
    }

    private static String withKeys(String rest) {
        return client("token_endpoint_auth_method: private_key_jwt, " + rest);
    }

    @Test
    void keysAreWrittenAsASectionOrAsJson() {
        for (String jwks : new String[] {"{keys: [{" + KEY + "}]}", JSON, "'" + JSON + "'"}) {
            BootstrapClient read =
                    parsed(withKeys("jwks: " + jwks)).bootstrap().clients().getFirst();
            assertThat(read.jwks().publicKeys()).isEqualTo(JSON);
            assertThat(read.clientSecret()).isNull();
        }
    }

    @Test
    void keysMayBeSomewhereElse() {
        assertThat(parsed(withKeys(
                                "jwks_uri: \"https://app.example.org/keys\", token_endpoint_auth_signing_alg: PS256"))
                        .bootstrap()
                        .clients())
                .first()
                .returns("https://app.example.org/keys", BootstrapClient::jwksUri)
                .returns("PS256", BootstrapClient::tokenEndpointAuthSigningAlg)
                .returns(null, BootstrapClient::jwks);
    }

    @Test
    void aSecretMaySignInPlaceOfBeingShown() {
        String method = "token_endpoint_auth_method: client_secret_jwt, token_endpoint_auth_signing_alg: HS256";
        assertThat(parsed(client(method + ", " + SECRET)).bootstrap().clients()).hasSize(1);
        assertThat(problem(client(method)))
                .startsWith("bootstrap.clients[0].client_secret ")
                .contains("is required");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id_token_signed_response_alg",
                "userinfo_signed_response_alg",
                "authorization_signed_response_alg",
            })
    void aSecretIsKeptBesideKeysOnlyForWhatItSigns(String key) {
        String keys = "jwks: {keys: [{" + KEY + "}]}, ";
        assertThat(problem(withKeys(keys + SECRET)))
                .startsWith("bootstrap.clients[0].client_secret ")
                .contains("of no use");
        String signed = keys + key + ": HS256";
        assertThat(parsed(withKeys(signed + ", " + SECRET)).bootstrap().clients())
                .hasSize(1);
        assertThat(problem(withKeys(signed)))
                .startsWith("bootstrap.clients[0]." + key + " ")
                .contains("needs a client_secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "scope: api|jwks|is required with private_key_jwt",
                "jwks: {keys: []}|jwks|no key for",
                "jwks: [a]|jwks|no JWK Set",
                "jwks: keys|jwks|no JSON",
                "jwks: {keys: [{" + KEY + ", d: CC}]}|jwks|private or secret key",
                "jwks: {keys: [{kty: oct, k: CC}]}|jwks|private or secret key",
                "jwks: {keys: [{" + KEY + "}]}, jwks_uri: 'https://app.example.org/'|jwks_uri|beside jwks",
                "jwks_uri: 'http://app.example.org/'|jwks_uri|neither https nor on a loopback",
                "jwks_uri: 'file:///etc/passwd'|jwks_uri|no URL to call",
                "jwks_uri: 'https://a@app.example.org/'|jwks_uri|a user",
                "jwks: {keys: [{" + KEY
                        + "}]}, token_endpoint_auth_signing_alg: HS256|token_endpoint_auth_signing_alg|is none for",
                "jwks: {keys: [{" + KEY
                        + "}]}, token_endpoint_auth_signing_alg: none|token_endpoint_auth_signing_alg|RS256",
            })
    void whatDoesNotFitIsSaid(String rest, String key, String text) {
        assertThat(problem(withKeys(rest)))
                .startsWith("bootstrap.clients[0]." + key + " ")
                .contains(text)
                .doesNotContain("CC");
    }

    @Test
    void anAlgorithmNeedsAMethodThatSigns() {
        assertThat(problem(client(SECRET + ", token_endpoint_auth_signing_alg: HS256")))
                .startsWith("bootstrap.clients[0].token_endpoint_auth_signing_alg ")
                .contains("needs private_key_jwt or client_secret_jwt");
    }
}
