package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 9700, the best current practice, demands of an authorization server. */
class Rfc9700Test {
    private static final String SECRET = "web-secret-0123456789abcdef0123456789";

    @RegisterExtension
    static final RunningNode NODE =
            RunningNode.configured("""
            bootstrap:
              clients:
                - client_id: web
                  client_secret: %1$s
                  redirect_uris: ["%2$s", "https://web.example.org/callback"]
                  grant_types: [authorization_code, refresh_token]
                  scope: openid offline_access
                - client_id: app
                  token_endpoint_auth_method: none
                  redirect_uris: ["%2$s"]
                  grant_types: [authorization_code, refresh_token]
                  scope: openid offline_access
              users:
                - {username: ada, password: %3$s}
            """.formatted(SECRET, CodeFlow.REDIRECT_URI, RunningNode.ADA_PASSWORD));

    private final Caller caller = NODE.caller();
    private final CodeFlow web = new CodeFlow(caller, "web", SECRET);
    private final CodeFlow app = new CodeFlow(caller, "app", null);
    private final Person person = new Person(caller.base());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://web.example.org/callback/",
                "https://web.example.org/callback?",
                "https://web.example.org/Callback",
                "https://web.example.org/./callback",
                "https://web.example.org:443/callback",
                "https://web.example.org@attacker.example/callback",
                "http://web.example.org/callback"
            })
    @DisplayName("RFC 9700, 2.1: redirect URIs are compared exactly")
    void redirectUrisAreComparedExactly(String uri) {
        Page page = person.open(web.request("openid", "redirect_uri", uri));
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.headers().firstValue("Location")).isEmpty();
    }

    @Test
    @DisplayName(
            "RFC 9700, 2.1.1: public clients must use PKCE, and the server must enforce what the code was made with")
    void publicClientsUsePkce() {
        assertThat(person.open(app.request("openid", "code_challenge", null, "code_challenge_method", null))
                        .answer())
                .containsEntry("error", "invalid_request");
        assertThat(app.redeemBy(app.code(person, "openid"), null).status()).isEqualTo(400);
    }

    @Test
    @DisplayName("RFC 9700, 2.1.1: a verifier without a challenge must be refused")
    void noDowngrade() {
        String code = web.code(person, "openid", "code_challenge", null, "code_challenge_method", null);
        assertThat(web.redeem(code).error()).isEqualTo("400 invalid_grant");
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "id_token token", "code token", "code id_token"})
    @DisplayName("RFC 9700, 2.1.2: no response type gives access tokens in the front")
    void noImplicitGrant(String responseType) {
        assertThat(person.open(web.request("openid", "response_type", responseType))
                        .answer())
                .containsEntry("error", "unsupported_response_type");
    }

    @Test
    @DisplayName("RFC 9700, 2.2.2: refresh tokens of public clients rotate, and a stale one ends the grant (4.14.2)")
    void refreshTokensRotate() {
        Answer first = app.tokens(person, "openid offline_access", "prompt", "consent");
        Answer second = app.refresh(first.text("refresh_token"));
        Answer third = app.refresh(second.text("refresh_token"));
        assertThat(second.text("refresh_token")).isNotEqualTo(first.text("refresh_token"));
        assertThat(app.refresh(first.text("refresh_token")).error()).isEqualTo("400 invalid_grant");
        assertThat(app.refresh(third.text("refresh_token")).error()).isEqualTo("400 invalid_grant");
        assertThat(app.userinfo(third.text("access_token")).status()).isEqualTo(401);
    }

    @Test
    @DisplayName("RFC 9700, 2.4: there is no password grant")
    void noPasswordGrant() {
        Answer answer = caller.post(
                "/oauth2/token",
                Caller.basic("web", SECRET),
                "grant_type",
                "password",
                "username",
                "ada",
                "password",
                RunningNode.ADA_PASSWORD);
        assertThat(answer.error()).isEqualTo("400 unsupported_grant_type");
    }

    @Test
    @DisplayName("RFC 9700, 2.6: metadata is published, with PKCE in it")
    void metadataIsPublished() {
        assertThat(caller.get("/.well-known/oauth-authorization-server", null)
                        .json()
                        .getJsonArray("code_challenge_methods_supported"))
                .containsExactly("S256");
    }

    @Test
    @DisplayName("RFC 9700, 4.2.4: pages send no Referer to others")
    void noReferrer() {
        Page page = new Person(caller.base()).open(web.request("openid"));
        assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
    }

    @Test
    @DisplayName("RFC 9700, 4.3.2: access tokens are not taken from the query")
    void noTokenInTheQuery() {
        String token = web.tokens(person, "openid").text("access_token");
        assertThat(caller.get("/oauth2/userinfo?access_token=" + token, null).status())
                .isIn(400, 401);
        assertThat(web.userinfo(token).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("RFC 9700, 4.4.2: every response names its issuer")
    void noMixUp() {
        assertThat(person.goOn(person.open(web.request("openid"))).answer())
                .containsEntry("iss", caller.base().toString());
    }

    @Test
    @DisplayName("RFC 9700, 4.12: a form that was sent is answered by a redirect that repeats nothing (303)")
    void formsAreNotSentOn() {
        Page consent = person.open(web.request("openid", "prompt", "consent"));
        Page asked = consent.asksForPassword() ? person.logIn(consent) : consent;
        assertThat(person.submit(asked, "decision", "allow").status()).isEqualTo(303);
    }

    @Test
    @DisplayName("RFC 9700, 4.11.2: who asks with an unknown redirect URI is not sent on, not even with an error")
    void noOpenRedirect() {
        Page page = person.open(web.request("nonsense", "redirect_uri", "https://attacker.example/", "prompt", "none"));
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.headers().firstValue("Location")).isEmpty();
    }

    @Test
    @DisplayName("RFC 9700, 4.16: pages refuse to be framed")
    void pagesAreNotFramed() {
        Page page = person.open("/login");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("frame-ancestors 'none'");
    }
}
