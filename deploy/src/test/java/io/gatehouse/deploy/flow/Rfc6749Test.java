package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 6749 demands of an authorization server. */
class Rfc6749Test {
    private static final String SECRET = "web-secret-0123456789abcdef0123456789";
    private static final String SECOND_URI = "http://127.0.0.1:9999/second";

    @RegisterExtension
    static final RunningNode NODE =
            RunningNode.configured("""
            bootstrap:
              clients:
                - client_id: web
                  client_secret: %1$s
                  redirect_uris: ["%2$s", "%3$s"]
                  grant_types: [authorization_code, refresh_token, client_credentials]
                  scope: openid offline_access api other
                - {client_id: next, client_secret: %1$s, redirect_uris: ["%2$s"], grant_types: [authorization_code, refresh_token], scope: openid offline_access}
                - {client_id: app, token_endpoint_auth_method: none, redirect_uris: ["%2$s"], scope: openid}
              users:
                - {username: ada, password: %4$s}
            """.formatted(SECRET, CodeFlow.REDIRECT_URI, SECOND_URI, RunningNode.ADA_PASSWORD));

    private final Caller caller = NODE.caller();
    private final CodeFlow web = new CodeFlow(caller, "web", SECRET);
    private final CodeFlow next = new CodeFlow(caller, "next", SECRET);
    private final CodeFlow app = new CodeFlow(caller, "app", null);
    private final Person person = new Person(caller.base());

    private Answer token(String authorization, String... pairs) {
        return caller.post("/oauth2/token", authorization, pairs);
    }

    private Answer byItself(String... more) {
        String[] pairs = new String[more.length + 2];
        pairs[0] = "grant_type";
        pairs[1] = "client_credentials";
        System.arraycopy(more, 0, pairs, 2, more.length);
        return token(Caller.basic("web", SECRET), pairs);
    }

    private String refreshToken(CodeFlow client) {
        return client.tokens(person, "openid offline_access", "prompt", "consent")
                .text("refresh_token");
    }

    @Test
    @DisplayName("RFC 6749, 2.3: a client must not use more than one way to authenticate")
    void oneWayToAuthenticate() {
        assertThat(byItself("client_secret", SECRET).error()).isEqualTo("400 invalid_request");
        assertThat(byItself("client_id", "web", "client_secret", SECRET).error())
                .isEqualTo("400 invalid_request");
    }

    @Test
    @DisplayName("RFC 6749, 2.3.1: HTTP Basic must be taken of every client with a secret, its parts form-encoded")
    void httpBasicIsTaken() {
        assertThat(byItself().status()).isEqualTo(200);
        assertThat(token(Caller.basic("w%65b", SECRET), "grant_type", "client_credentials")
                        .status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("RFC 6749, 2.3.1: credentials must not be in the request URI")
    void noCredentialsInTheUri() {
        String query = "?client_id=web&client_secret=" + SECRET;
        assertThat(caller.post("/oauth2/token" + query, null, "grant_type", "client_credentials")
                        .status())
                .isIn(400, 401);
    }

    @Test
    @DisplayName("RFC 6749, 3.1: a parameter without a value is as if it were left out, and an unknown one is ignored")
    void emptyAndUnknownParameters() {
        assertThat(web.code(person, "openid", "max_age", "", "colour", "green")).isNotEmpty();
        assertThat(byItself("scope", "", "colour", "green").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("RFC 6749, 3.1: a parameter must not come twice at the authorization endpoint")
    void noParameterTwiceAtTheAuthorizationEndpoint() {
        assertThat(person.open(web.request("openid") + "&scope=openid").status())
                .isEqualTo(400);
        assertThat(person.open(web.request("openid") + "&client_id=web").status())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("RFC 6749, 3.2: a parameter must not come twice at the token endpoint")
    void noParameterTwiceAtTheTokenEndpoint() {
        assertThat(byItself("grant_type", "client_credentials").error()).isEqualTo("400 invalid_request");
        assertThat(byItself("colour", "green", "colour", "green").error()).isEqualTo("400 invalid_request");
    }

    @Test
    @DisplayName("RFC 6749, 3.2: the token endpoint must be asked by POST")
    void tokensByPostOnly() {
        assertThat(caller.get("/oauth2/token?grant_type=client_credentials", Caller.basic("web", SECRET))
                        .status())
                .isEqualTo(405);
    }

    @Test
    @DisplayName("RFC 6749, 3.1.1: response_type must be there and one that is known")
    void responseTypeIsNeeded() {
        assertThat(person.open(web.request("openid", "response_type", null)).answer())
                .containsEntry("error", "invalid_request");
        assertThat(person.open(web.request("openid", "response_type", "token")).answer())
                .containsEntry("error", "unsupported_response_type");
    }

    @Test
    @DisplayName("RFC 6749, 3.1.2.3: with several redirect URIs registered the request must name one")
    void ofSeveralRedirectUrisOneIsNamed() {
        Page page = person.open(web.request("openid", "redirect_uri", null));
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.isRedirect()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:9999/elsewhere",
                "http://127.0.0.1:9999/callback?x=1",
                "https://attacker.example/callback"
            })
    @DisplayName(
            "RFC 6749, 3.1.2.4: to a redirect URI that is not registered the browser must not be sent; the user is told")
    void neverToAForeignPlace(String uri) {
        Page page = person.open(web.request("openid", "redirect_uri", uri));
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.headers().firstValue("Location")).isEmpty();
        assertThat(page.body()).contains("<h1");
    }

    @Test
    @DisplayName("RFC 6749, 3.2.1: a public client names itself, and a client with a secret must show it")
    void whoAsksIsKnown() {
        String code = web.code(person, "openid");
        Answer anonymous = token(
                null,
                "grant_type",
                "authorization_code",
                "client_id",
                "web",
                "code",
                code,
                "redirect_uri",
                CodeFlow.REDIRECT_URI,
                "code_verifier",
                CodeFlow.VERIFIER);
        assertThat(anonymous.error()).isEqualTo("401 invalid_client");
        assertThat(web.redeem(code).status()).isEqualTo(200);
        assertThat(app.redeem(app.code(person, "openid")).status()).isEqualTo(200);
        assertThat(token(null, "grant_type", "authorization_code", "code", code).error())
                .isEqualTo("401 invalid_client");
    }

    @Test
    @DisplayName("RFC 6749, 3.3: scope values are case-sensitive, in any order, and a scope that differs is told")
    void scopes() {
        assertThat(byItself("scope", "other api").text("scope").split(" ")).containsExactlyInAnyOrder("api", "other");
        assertThat(byItself("scope", "API").error()).isEqualTo("400 invalid_scope");
        assertThat(byItself().text("scope").split(" ")).containsExactlyInAnyOrder("api", "other");
    }

    @Test
    @DisplayName("RFC 6749, 4.1.2: the answer must repeat the state exactly, and so must an error (4.1.2.1)")
    void theStateComesBack() {
        String state = "a b+c%20\u00e4&=#\u2713";
        assertThat(person.goOn(person.open(web.request("openid", "state", state)))
                        .answer())
                .containsEntry("state", state)
                .containsKey("code");
        assertThat(person.open(web.request("openid admin", "state", state)).answer())
                .containsEntry("state", state)
                .containsEntry("error", "invalid_scope");
        assertThat(person.goOn(person.open(web.request("openid", "state", null)))
                        .answer())
                .doesNotContainKey("state");
    }

    @Test
    @DisplayName("RFC 6749, 4.1.2: a code must not be used twice, and where it is its tokens are revoked")
    void aCodeCountsOnce() {
        String code = web.code(person, "openid offline_access", "prompt", "consent");
        Answer tokens = web.redeem(code);
        assertThat(web.redeem(code).error()).isEqualTo("400 invalid_grant");
        assertThat(web.isActive(tokens.text("access_token"))).isFalse();
        assertThat(web.refresh(tokens.text("refresh_token")).error()).isEqualTo("400 invalid_grant");
    }

    @Test
    @DisplayName("RFC 6749, 4.1.2.1: what the user refuses is told to the client as access_denied")
    void theUserMayRefuse() {
        Page consent = person.open(web.request("openid", "prompt", "consent"));
        Page asked = consent.asksForPassword() ? person.logIn(consent) : consent;
        assertThat(person.submit(asked, "decision", "deny").answer()).containsEntry("error", "access_denied");
    }

    @Test
    @DisplayName("RFC 6749, 4.1.3: a code is the client's that it was issued to")
    void aCodeIsItsClients() {
        assertThat(next.redeem(web.code(person, "openid")).error()).isEqualTo("400 invalid_grant");
    }

    @Test
    @DisplayName("RFC 6749, 4.1.3: the redirect URI must be repeated, and be the same")
    void theRedirectUriIsRepeated() {
        String basic = Caller.basic("web", SECRET);
        String[] without = {
            "grant_type", "authorization_code", "code", web.code(person, "openid"), "code_verifier", CodeFlow.VERIFIER
        };
        assertThat(token(basic, without).error()).isEqualTo("400 invalid_grant");
        Answer another = token(
                basic,
                "grant_type",
                "authorization_code",
                "code",
                web.code(person, "openid"),
                "code_verifier",
                CodeFlow.VERIFIER,
                "redirect_uri",
                SECOND_URI);
        assertThat(another.error()).isEqualTo("400 invalid_grant");
    }

    @Test
    @DisplayName("RFC 6749, 4.4: client credentials are for confidential clients, without a refresh token (4.4.3)")
    void clientsActForThemselves() {
        assertThat(byItself().json().containsKey("refresh_token")).isFalse();
        assertThat(token(null, "grant_type", "client_credentials", "client_id", "app")
                        .error())
                .isEqualTo("400 unauthorized_client");
    }

    @Test
    @DisplayName("RFC 6749, 5.1: tokens come as JSON that nobody keeps, with their type and life")
    void tokensAreNotKept() {
        Answer answer = byItself();
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        JsonObject json = answer.json();
        assertThat(json.getString("token_type")).isEqualToIgnoringCase("bearer");
        assertThat(json.getInteger("expires_in")).isPositive();
    }

    @Test
    @DisplayName("RFC 6749, 5.2: a client that failed by the Authorization header gets 401 with the scheme it used")
    void failuresNameTheScheme() {
        Answer answer = token(Caller.basic("web", "wrong-" + SECRET), "grant_type", "client_credentials");
        assertThat(answer.error()).isEqualTo("401 invalid_client");
        assertThat(answer.header("WWW-Authenticate")).startsWith("Basic ");
    }

    @ParameterizedTest
    @CsvSource({
        "password, unsupported_grant_type",
        "urn:example:unknown, unsupported_grant_type",
        "refresh_token, invalid_request",
        "authorization_code, invalid_request"
    })
    @DisplayName("RFC 6749, 5.2: what is wrong has one error code, in visible ASCII")
    void errorCodes(String grantType, String error) {
        Answer answer = token(Caller.basic("web", SECRET), "grant_type", grantType);
        assertThat(answer.error()).isEqualTo("400 " + error);
        assertThat(answer.text("error_description")).matches("[ -!#-\\[\\]-~]+");
        assertThat(answer.header("Cache-Control")).contains("no-store");
    }

    @Test
    @DisplayName("RFC 6749, 6: a refresh token is bound to its client")
    void aRefreshTokenIsItsClients() {
        String token = refreshToken(web);
        assertThat(next.refresh(token).error()).isEqualTo("400 invalid_grant");
        assertThat(web.refresh(token).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("RFC 6749, 6: a refresh must not widen the scope")
    void aRefreshKeepsTheScope() {
        Answer wider = token(
                Caller.basic("web", SECRET),
                "grant_type",
                "refresh_token",
                "refresh_token",
                refreshToken(web),
                "scope",
                "openid api");
        assertThat(wider.error()).isEqualTo("400 invalid_scope");
    }

    @Test
    @DisplayName(
            "RFC 6749, 10.12: a decision counts only from the page that asked, in the browser that it was shown in")
    void noDecisionIsForged() {
        Page consent = person.open(web.request("openid", "prompt", "consent"));
        Page asked = consent.asksForPassword() ? person.logIn(consent) : consent;
        Person stranger = new Person(caller.base());
        Page page = stranger.submit(asked, "decision", "allow");
        assertThat(page.headers().firstValue("Location").filter(to -> to.contains("code=")))
                .isEmpty();
    }

    @Test
    @DisplayName("RFC 6749, 10.13: the pages must not be framed by others")
    void pagesAreNotFramed() {
        Page page = person.open(web.request("openid", "prompt", "login"));
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("frame-ancestors 'none'");
        assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("DENY");
    }
}
