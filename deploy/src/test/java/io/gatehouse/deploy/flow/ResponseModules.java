package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.config.ConfigLoader;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Modules of the basic plan about requests and the answers to them. */
interface ResponseModules extends BasicModules {
    @Test
    @DisplayName("oidcc-server")
    default void oidccServer() {
        Tokens tokens = client().logIn(somebody());
        assertThat(tokens.idToken().header().getString("alg")).isEqualTo("RS256");
        Answer userinfo = client().userinfo(tokens.accessToken());
        assertThat(userinfo.status()).isEqualTo(200);
        assertThat(userinfo.text("sub")).isEqualTo(tokens.subject());
    }

    @Test
    @DisplayName("oidcc-response-type-missing")
    default void oidccResponseTypeMissing() {
        Person person = somebody();
        Map<String, String> request = client().request("response_type", null);
        Map<String, String> answer = client().answer(client().open(person, request), request);
        assertThat(answer).containsEntry("error", "invalid_request").doesNotContainKey("code");
    }

    @Test
    @DisplayName("oidcc-idtoken-signature")
    default void oidccIdtokenSignature() {
        Tokens tokens = client().logIn(somebody());
        JsonObject header = tokens.idToken().header();
        JsonObject keys = client().caller().get("/oauth2/jwks", null).json();
        assertThat(keys.getJsonArray("keys").stream()
                        .map(JsonObject.class::cast)
                        .filter(key -> header.getString("kid").equals(key.getString("kid"))))
                .singleElement()
                .satisfies(key -> {
                    assertThat(key.getString("kty")).isEqualTo("RSA");
                    assertThat(key.getString("alg")).isEqualTo(header.getString("alg"));
                });
    }

    /** Optional: what is not supported is not promised either, and no client can be registered for it. */
    @Test
    @DisplayName("oidcc-idtoken-unsigned")
    default void oidccIdtokenUnsigned() {
        JsonObject metadata =
                client().caller().get("/.well-known/openid-configuration", null).json();
        assertThat(metadata.getJsonArray("id_token_signing_alg_values_supported"))
                .isNotEmpty()
                .doesNotContain("none");
        String registration = """
                bootstrap:
                  clients:
                    - {client_id: unsigned, client_secret: unsigned-secret-0123456789abcdef0123456789,
                       redirect_uris: ["http://127.0.0.1:9999/callback"], id_token_signed_response_alg: %s}
                """;
        assertThat(ConfigLoader.parse(registration.formatted("RS256"))
                        .bootstrap()
                        .clients())
                .hasSize(1);
        assertThatThrownBy(() -> ConfigLoader.parse(registration.formatted("none")))
                .hasMessageContaining("id_token_signed_response_alg");
    }

    @Test
    @DisplayName("oidcc-ensure-request-without-nonce-succeeds-for-code-flow")
    default void oidccEnsureRequestWithoutNonceSucceedsForCodeFlow() {
        Tokens tokens = client().logIn(somebody(), "nonce", null);
        assertThat(tokens.idToken().claims().containsKey("nonce")).isFalse();
    }

    @Test
    @DisplayName("oidcc-ensure-request-with-unknown-parameter-succeeds")
    default void oidccEnsureRequestWithUnknownParameterSucceeds() {
        client().logIn(somebody(), "extra", "foobar");
    }

    /** Nobody is sent anywhere: the person reads what is wrong. */
    @Test
    @DisplayName("oidcc-ensure-registered-redirect-uri")
    default void oidccEnsureRegisteredRedirectUri() {
        Page page =
                client().open(somebody(), client().request("redirect_uri", PlanServer.REDIRECT_URI + "/unregistered"));
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("Location")).isEmpty();
        assertThat(page.hasForm()).isFalse();
    }

    @Test
    @DisplayName("oidcc-ensure-post-request-succeeds")
    default void oidccEnsurePostRequestSucceeds() {
        Person person = somebody();
        Map<String, String> request = client().request();
        Answer posted = client().caller().post("/oauth2/authorize", null, RelyingParty.pairs(request));
        assertThat(posted.status()).isEqualTo(303);
        Page login = person.open(posted.header("Location"));
        assertThat(login.asksForPassword()).isTrue();
        Map<String, String> answer = client().goOn(person, login, request);
        client().tokens(client().redeem(answer.get("code")), request.get("nonce"));
    }

    @Test
    @DisplayName("oidcc-server-client-secret-post")
    default void oidccServerClientSecretPost() {
        RelyingParty second = client().second();
        Tokens tokens = second.logIn(somebody());
        assertThat(second.userinfo(tokens.accessToken()).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("oidcc-ensure-request-with-valid-pkce-succeeds")
    default void oidccEnsureRequestWithValidPkceSucceeds() {
        String verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        Map<String, String> request = client().request(
                        "code_challenge",
                        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                        "code_challenge_method",
                        "S256");
        Map<String, String> answer = client().authorize(somebody(), request);
        Answer tokens = client().redeem(answer.get("code"), "code_verifier", verifier);
        client().tokens(tokens, request.get("nonce"));
    }
}
