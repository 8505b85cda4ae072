package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What RFC 9126 demands of an authorization server that takes pushed requests. */
class Rfc9126Test {
    private static final String SECRET = "web-secret-0123456789abcdef0123456789";
    private static final String URN = "urn:ietf:params:oauth:request_uri:";
    private static final String VERIFIER = "verifier-0123456789abcdefghijklmnopqrstuvwxyz";

    @RegisterExtension
    static final RunningNode NODE =
            RunningNode.configured("""
            bootstrap:
              clients:
                - {client_id: web, client_secret: %1$s, redirect_uris: ["%2$s"], scope: openid email}
                - {client_id: other, client_secret: %1$s, redirect_uris: ["%2$s"], scope: openid email}
                - client_id: pushing
                  client_secret: %1$s
                  redirect_uris: ["%2$s"]
                  scope: openid email
                  require_pushed_authorization_requests: true
                - client_id: app
                  token_endpoint_auth_method: none
                  redirect_uris: ["%2$s"]
                  scope: openid email
              users:
                - {username: ada, password: %3$s, name: Ada Lovelace}
            """.formatted(SECRET, CodeFlow.REDIRECT_URI, RunningNode.ADA_PASSWORD));

    private final Caller caller = NODE.caller();

    @Test
    @DisplayName("RFC 9126, 2.1: the client must authenticate as at the token endpoint")
    void theClientMustAuthenticateAsAtTheTokenEndpoint() {
        assertThat(push(null).error()).isEqualTo("401 invalid_client");
        assertThat(push(Caller.basic("web", "wrong-" + SECRET)).error()).isEqualTo("401 invalid_client");
        assertThat(push(null, "client_secret", "wrong-" + SECRET).error()).isEqualTo("401 invalid_client");
        assertThat(push(null, "client_secret", SECRET).status()).isEqualTo(201);
        assertThat(push(basic("web"), "client_id", null).status()).isEqualTo(201);
        assertThat(push(basic("web"), "client_id", "other").error()).isEqualTo("400 invalid_request");
    }

    @Test
    @DisplayName("RFC 9126, 2: a public client pushes by its name")
    void aPublicClientPushesByItsName() {
        Answer pushed = push(null, "client_id", "app");
        assertThat(pushed.status()).as(pushed.body()).isEqualTo(201);
        Person person = somebody();
        assertThat(person.goOn(open(person, "app", pushed)).code()).isNotEmpty();
        assertThat(push(null, "client_id", "app", "code_challenge", null, "code_challenge_method", null)
                        .error())
                .isEqualTo("400 invalid_request");
        assertThat(push(null, "client_id", "nobody").error()).isEqualTo("401 invalid_client");
    }

    @Test
    @DisplayName("RFC 9126, 2.1: request URI must not be pushed")
    void requestUriMustNotBePushed() {
        String uri = requestUri(push(basic("web")));
        assertThat(push(basic("web"), "request_uri", uri).error()).isEqualTo("400 invalid_request");
    }

    @ParameterizedTest
    @CsvSource({
        "redirect_uri, http://127.0.0.1:9999/elsewhere, invalid_request",
        "redirect_uri, http://127.0.0.1:9999/callback/, invalid_request",
        "response_type, token, unsupported_response_type",
        "response_type, , invalid_request",
        "scope, openid admin, invalid_scope",
        "code_challenge_method, plain, invalid_request",
        "prompt, none login, invalid_request",
        "response_mode, web_message, invalid_request",
        "id_token_hint, nonsense, invalid_request"
    })
    @DisplayName("RFC 9126, 2.1: the request must be checked as at the authorization endpoint")
    void theRequestMustBeCheckedAsAtTheAuthorizationEndpoint(String name, String value, String error) {
        Answer answer = push(basic("web"), name, value);
        assertThat(answer.error()).isEqualTo("400 " + error);
        assertThat(answer.text("error_description")).isNotEmpty();
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    @DisplayName("RFC 9126, 2.2: the answer is 201 with URI and lifetime")
    void theAnswerIs201WithUriAndLifetime() {
        Answer answer = push(basic("web"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.json().getInteger("expires_in")).isEqualTo(90);
        assertThat(requestUri(answer)).startsWith(URN).hasSizeGreaterThan(URN.length() + 40);
        assertThat(requestUri(push(basic("web")))).isNotEqualTo(requestUri(answer));
    }

    @Test
    @DisplayName("RFC 9126, 2.3: other methods and too long bodies are refused")
    void otherMethodsAndTooLongBodiesAreRefused() {
        assertThat(caller.send("GET", "/oauth2/par").status()).isEqualTo(405);
        assertThat(caller.send("PUT", "/oauth2/par").status()).isEqualTo(405);
        assertThat(push(basic("web"), "x", "x".repeat(17_000)).status()).isEqualTo(413);
        assertThat(caller.postJson("/oauth2/par", basic("web"), "{}").error()).isEqualTo("400 invalid_request");
        String twice = Caller.form("client_id", "web", "state", "1", "state", "2");
        assertThat(caller.send("POST", "/oauth2/par", twice, "Content-Type", "application/x-www-form-urlencoded")
                        .error())
                .isEqualTo("400 invalid_request");
    }

    @Test
    @DisplayName("RFC 9126, 4: what was pushed is the request")
    void whatWasPushedIsTheRequest() {
        Person person = somebody();
        Answer pushed = push(basic("web"), "state", "inner state & more \u2713");
        Page answer = person.goOn(open(
                person,
                "web",
                pushed,
                "redirect_uri",
                "http://127.0.0.1:9999/elsewhere",
                "state",
                "outer",
                "response_type",
                "token",
                "scope",
                "admin"));
        assertThat(answer.location().toString()).startsWith(CodeFlow.REDIRECT_URI + "?");
        assertThat(answer.answer()).containsEntry("state", "inner state & more \u2713");
        Answer tokens = caller.post(
                "/oauth2/token",
                basic("web"),
                "grant_type",
                "authorization_code",
                "code",
                answer.code(),
                "redirect_uri",
                CodeFlow.REDIRECT_URI,
                "code_verifier",
                VERIFIER);
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(tokens.json().containsKey("id_token")).isTrue();
    }

    @Test
    @DisplayName("RFC 9126, 4: the request URI is bound to its client")
    void theRequestUriIsBoundToItsClient() {
        Answer pushed = push(basic("web"));
        assertNobodyIsSentAnywhere(open(somebody(), "other", pushed));
        assertNobodyIsSentAnywhere(
                somebody().open("/oauth2/authorize?" + Caller.form("request_uri", requestUri(pushed))));
        Person person = somebody();
        assertThat(person.goOn(open(person, "web", pushed)).code())
                .as("nobody spent it")
                .isNotEmpty();
    }

    @Test
    @DisplayName("RFC 9126, 4: the user may reload the page")
    void theUserMayReloadThePage() {
        Person person = somebody();
        Answer pushed = push(basic("web"));
        for (int i = 0; i < 3; i++) {
            assertThat(open(person, "web", pushed).asksForPassword()).isTrue();
        }
        assertThat(person.goOn(open(person, "web", pushed)).code()).isNotEmpty();
    }

    @Test
    @DisplayName("RFC 9126, 7.3: the request URI is used once")
    void theRequestUriIsUsedOnce() {
        Person person = somebody();
        Answer pushed = push(basic("web"));
        person.goOn(open(person, "web", pushed)).code();
        assertNobodyIsSentAnywhere(open(person, "web", pushed));
        assertNobodyIsSentAnywhere(open(somebody(), "web", pushed));
    }

    @Test
    @DisplayName("RFC 9126, 7.3: of two who opened it one gets acode")
    void ofTwoWhoOpenedItOneGetsACode() {
        Answer pushed = push(basic("web"));
        Person first = somebody();
        Person second = somebody();
        Page firstPage = open(first, "web", pushed);
        Page secondPage = open(second, "web", pushed);
        assertThat(first.goOn(firstPage).code()).isNotEmpty();
        assertThat(second.goOn(secondPage).answer())
                .containsEntry("error", "invalid_request_uri")
                .containsEntry("state", "state-1")
                .containsEntry("iss", caller.base().toString())
                .doesNotContainKey("code");
    }

    @Test
    @DisplayName("RFC 9126, 4: a URI that nobody made is refused")
    void aUriThatNobodyMadeIsRefused() {
        for (String uri : List.of(URN, URN + "x", URN + "A".repeat(43), URN + "A".repeat(2_000))) {
            assertNobodyIsSentAnywhere(
                    somebody().open("/oauth2/authorize?" + Caller.form("client_id", "web", "request_uri", uri)));
        }
    }

    @Test
    @DisplayName("RFC 9126, 5: the metadata names the endpoint")
    void theMetadataNamesTheEndpoint() {
        JsonObject metadata =
                caller.get("/.well-known/oauth-authorization-server", null).json();
        assertThat(metadata.getString("pushed_authorization_request_endpoint"))
                .isEqualTo(caller.base() + "/oauth2/par");
        assertThat(metadata.getBoolean("require_pushed_authorization_requests")).isFalse();
    }

    @Test
    @DisplayName("RFC 9126, 6: a client that must push is refused otherwise")
    void aClientThatMustPushIsRefusedOtherwise() {
        Person person = somebody();
        Map<String, String> answer = person.open("/oauth2/authorize?" + Caller.form(request("client_id", "pushing")))
                .answer();
        assertThat(answer)
                .containsEntry("error", "invalid_request")
                .containsEntry("state", "state-1")
                .doesNotContainKey("code");
        Answer pushed = push(basic("pushing"), "client_id", "pushing");
        assertThat(person.goOn(open(person, "pushing", pushed)).code()).isNotEmpty();
    }

    private Answer push(String authorization, String... changes) {
        return caller.post("/oauth2/par", authorization, request(changes));
    }

    /** A good request of web's; changes are names and values in turn, null removes. */
    private static String[] request(String... changes) {
        List<String> pairs = new ArrayList<>(List.of(
                "client_id", "web",
                "response_type", "code",
                "redirect_uri", CodeFlow.REDIRECT_URI,
                "scope", "openid email",
                "state", "state-1",
                "code_challenge", CodeFlow.challenge(VERIFIER),
                "code_challenge_method", "S256"));
        for (int i = 0; i < changes.length; i += 2) {
            int at = pairs.indexOf(changes[i]);
            if (at >= 0) {
                pairs.subList(at, at + 2).clear();
            }
            if (changes[i + 1] != null) {
                pairs.addAll(List.of(changes[i], changes[i + 1]));
            }
        }
        return pairs.toArray(String[]::new);
    }

    private static Page open(Person person, String clientId, Answer pushed, String... more) {
        List<String> pairs = new ArrayList<>(List.of("client_id", clientId, "request_uri", requestUri(pushed)));
        pairs.addAll(List.of(more));
        return person.open("/oauth2/authorize?" + Caller.form(pairs.toArray(String[]::new)));
    }

    private static void assertNobodyIsSentAnywhere(Page page) {
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.headers().firstValue("Location")).isEmpty();
    }

    private static String requestUri(Answer pushed) {
        return pushed.text("request_uri");
    }

    private static String basic(String clientId) {
        return Caller.basic(clientId, SECRET);
    }

    private Person somebody() {
        return new Person(caller.base());
    }
}
