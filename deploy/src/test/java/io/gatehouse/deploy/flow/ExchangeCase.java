package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node with clients that exchange tokens, and what tests ask of them. */
abstract class ExchangeCase {
    static final String GRANT_TYPE = "urn:ietf:params:oauth:grant-type:token-exchange";
    static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    static final String JWT = "urn:ietf:params:oauth:token-type:jwt";
    static final String SECRET = "secret-of-the-client-0123456789abcdef0123456789";
    static final String STOCK = "https://stock.example.org/";
    static final String MAPS = "urn:example:maps";

    /** A client whose id is the resource of its own service. */
    static final String SERVICE = "urn:example:orders";

    /** Ports change with every start: a token shall not end because its issuer does. */
    static final URI ISSUER = URI.create("http://127.0.0.1:18080");

    private static final String EXCHANGING = "grant_types: [client_credentials, %s]".formatted(GRANT_TYPE);

    @RegisterExtension
    static final RunningNode NODE = RunningNode.configured("""
            issuer: %8$s
            bootstrap:
              clients:
                - {client_id: web, client_secret: %1$s, redirect_uris: ["%2$s"], scope: openid email api stock offline_access,
                   grant_types: [authorization_code, refresh_token, client_credentials], resources: ["%3$s"]}
                - {client_id: front, client_secret: %1$s, scope: openid email api orders, %4$s, resources: ["%5$s", "%6$s"],
                   token_exchange: {subject_clients: [web, front, pair], impersonation: true}}
                - {client_id: acting, client_secret: %1$s, scope: openid api, %4$s, token_exchange: {subject_clients: [web, front]}}
                - {client_id: "%3$s", client_secret: %1$s, scope: api stock, %4$s, token_exchange: {impersonation: true}}
                - {client_id: stranger, client_secret: %1$s, scope: api stock, %4$s, token_exchange: {impersonation: true}}
                - {client_id: pair, client_secret: %1$s, scope: openid email api, %4$s, subject_type: pairwise,
                   sector_identifier_uri: "https://pair.example.org/", token_exchange: {subject_clients: [web, front], impersonation: true}}
                - {client_id: bound, client_secret: %1$s, scope: api, %4$s, dpop_bound_access_tokens: true,
                   token_exchange: {subject_clients: [web], impersonation: true}}
                - {client_id: plain, client_secret: %1$s, scope: api, grant_types: [client_credentials]}
              users:
                - {username: ada, password: %7$s, email: ada@example.org, email_verified: true, roles: [buyer]}
                - {username: eve, password: %7$s}
            """.formatted(
                    SECRET, CodeFlow.REDIRECT_URI, SERVICE, EXCHANGING, STOCK, MAPS, RunningNode.ADA_PASSWORD, ISSUER));

    Caller caller = NODE.caller();

    CodeFlow web() {
        return new CodeFlow(caller, "web", SECRET);
    }

    /** A user's access token, given to the client web. */
    String userToken(String scope, String... more) {
        return web().tokens(new Person(caller.base()), scope, more).text("access_token");
    }

    /** A client's own access token. */
    String ownToken(String clientId) {
        Answer answer = post(clientId, "grant_type", "client_credentials", "scope", "api");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.text("access_token");
    }

    /** As the client asks; names and values in turn are further parameters. */
    Answer exchange(String clientId, String subjectToken, String... more) {
        List<String> pairs = new ArrayList<>(
                List.of("grant_type", GRANT_TYPE, "subject_token", subjectToken, "subject_token_type", ACCESS_TOKEN));
        pairs.addAll(List.of(more));
        return post(clientId, pairs.toArray(String[]::new));
    }

    /** An exchange that must work, with the client's own token as the actor's. */
    String acting(String clientId, String subjectToken) {
        return given(
                exchange(clientId, subjectToken, "actor_token", ownToken(clientId), "actor_token_type", ACCESS_TOKEN));
    }

    Answer post(String clientId, String... pairs) {
        return caller.post("/oauth2/token", basic(clientId), pairs);
    }

    static String basic(String clientId) {
        return Caller.basic(URLEncoder.encode(clientId, StandardCharsets.UTF_8), SECRET);
    }

    static String given(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.text("access_token");
    }

    static JsonObject claims(String token) {
        return BabelBirdCaller.claims(token);
    }

    JsonObject introspection(String clientId, String token) {
        return caller.post("/oauth2/introspect", basic(clientId), "token", token)
                .json();
    }

    boolean isActive(String clientId, String token) {
        return introspection(clientId, token).getBoolean("active");
    }

    static void assertRefused(Answer answer, String error) {
        assertThat(answer.error()).as(answer.body()).isEqualTo("400 " + error);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.json().containsKey("access_token")).isFalse();
    }
}
