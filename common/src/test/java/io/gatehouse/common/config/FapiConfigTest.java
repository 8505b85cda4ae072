package io.gatehouse.common.config;

import static io.gatehouse.common.config.ConfigAssertions.parsed;
import static io.gatehouse.common.config.ConfigAssertions.problem;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What contradicts a FAPI profile is refused, with what to set. */
class FapiConfigTest {
    private static final String KEYS = "jwks: {keys: [{kty: EC, crv: P-256, x: AA, y: BB}]}";

    private static String client(String profile, String more) {
        String usual = "client_id: web, profile: " + profile
                + ", scope: openid, token_endpoint_auth_method: private_key_jwt, " + KEYS
                + ", redirect_uris: [\"https://app.example.org/cb\"], id_token_signed_response_alg: PS256";
        StringBuilder all = new StringBuilder();
        for (String pair : usual.split(", (?=[a-z_]+: )")) {
            String key = pair.substring(0, pair.indexOf(':'));
            if (!(", " + more).contains(", " + key + ":")) {
                all.append(pair).append(", ");
            }
        }
        return "bootstrap: {clients: [{" + all + more + "}]}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"fapi2_security", "fapi2_message_signing"})
    void whatIsNotSaidIsSwitchedOn(String profile) {
        BootstrapClient client = parsed(client(profile, "client_name: Web"))
                .bootstrap()
                .clients()
                .getFirst();
        assertThat(client.profile()).isEqualTo(profile);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    require_pkce: false                                   | require_pkce
                    rotate_refresh_tokens: true                           | rotate_refresh_tokens
                    redirect_uris: ["http://app.example.org/cb"]          | redirect_uris
                    redirect_uris: ["http://localhost/cb"]                | redirect_uris
                    redirect_uris: ["http://127.0.0.1.example.org/cb"]    | redirect_uris
                    redirect_uris: ["app.example:/cb"]                    | redirect_uris
                    request_uris: ["https://app.example.org/r"]           | request_uris
                    id_token_signed_response_alg: RS256                   | id_token_signed_response_alg
                    userinfo_signed_response_alg: RS256                   | userinfo_signed_response_alg
                    access_token_signed_response_alg: RS256               | access_token_signed_response_alg
                    authorization_signed_response_alg: RS256              | authorization_signed_response_alg
                    introspection_signed_response_alg: RS256              | introspection_signed_response_alg
                    request_object_signing_alg: RS256                     | request_object_signing_alg
                    token_endpoint_auth_signing_alg: RS256                | token_endpoint_auth_signing_alg
                    grant_types: [authorization_code, "urn:ietf:params:oauth:grant-type:device_code"] | grant_types
                    jwt_login: {key: jwt-login-key-0123456789abcdef0123456789} | jwt_login
                    """)
    void whatContradictsItIsRefused(String contradiction, String key) {
        assertThat(problem(client("fapi2_security", contradiction)))
                .startsWith("bootstrap.clients[0]." + key + " ")
                .contains("fapi2_security");
        assertThat(parsed(client("fapi2_security", contradiction).replace("profile: fapi2_security, ", ""))
                        .bootstrap()
                        .clients())
                .as("without the profile")
                .hasSize(1);
    }

    @Test
    void aSecretIsNoWayToAuthenticate() {
        String secret = "client_secret: 0123456789abcdef0123456789abcdef";
        for (String method : new String[] {"client_secret_basic", "client_secret_post", "client_secret_jwt"}) {
            assertThat(problem(client("fapi2_security", "token_endpoint_auth_method: " + method + ", " + secret)))
                    .startsWith("bootstrap.clients[0].token_endpoint_auth_method ")
                    .contains("private_key_jwt");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:9999/cb", "http://[::1]/cb", "https://app.example.org/cb"})
    void aNativeAppMayListenOnALoopbackAddress(String uri) {
        assertThat(parsed(client("fapi2_security", "redirect_uris: [\"" + uri + "\"]"))
                        .bootstrap()
                        .clients())
                .hasSize(1);
    }

    @Test
    void withoutOpenidTheAlgorithmOfIdTokensMeansNothing() {
        assertThat(parsed(client("fapi2_security", "scope: api, id_token_signed_response_alg: RS256"))
                        .bootstrap()
                        .clients())
                .hasSize(1);
    }

    @Test
    void aServiceIsNamedAsOthersNameIt() {
        String service =
                "bootstrap: {clients: [{client_id: api, grant_types: [client_credentials], %s, serves: [%s]}]}";
        String secret = "client_secret: 0123456789abcdef0123456789abcdef";
        assertThat(parsed(service.formatted(secret, "default, \"https://api.example.org\""))
                        .bootstrap()
                        .clients()
                        .getFirst()
                        .serves())
                .containsExactly("default", "https://api.example.org");
        assertThat(problem(service.formatted(secret, "orders"))).startsWith("bootstrap.clients[0].serves ");
    }
}
