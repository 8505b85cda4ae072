package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8693: a token in exchange for another one. */
class Rfc8693Test extends ExchangeCase {
    private static final String NAMES = "{displayName} [{arguments}]";

    @Test
    @DisplayName("RFC 8693, 2.1: a client sends the grant type, a token and its type, and gets another one")
    void anExchange() {
        String subject = userToken("openid email api");
        JsonObject before = claims(subject);
        JsonObject after = claims(given(exchange("front", subject)));

        assertThat(after.getString("client_id")).isEqualTo("front");
        assertThat(after.getString("jti")).isNotEqualTo(before.getString("jti"));
        for (String kept : List.of("iss", "sub", "aud", "sid", "gid", "auth_time", "amr", "acr", "roles", "sep")) {
            assertThat(after.getValue(kept)).as(kept).isEqualTo(before.getValue(kept));
        }
        assertThat(after.containsKey("act")).isFalse();
    }

    @ParameterizedTest(name = NAMES)
    @ValueSource(strings = {"subject_token", "subject_token_type"})
    @DisplayName("RFC 8693, 2.1: subject_token and subject_token_type are required")
    void requiredParameters(String missing) {
        String other = missing.equals("subject_token") ? "subject_token_type" : "subject_token";
        String value = other.equals("subject_token") ? ownToken("front") : ACCESS_TOKEN;
        assertRefused(post("front", "grant_type", GRANT_TYPE, other, value), "invalid_request");
    }

    @Test
    @DisplayName("RFC 8693, 2.1: actor_token_type is required with actor_token, and must not come without it")
    void actorAndTypeComeTogether() {
        String subject = ownToken("front");
        assertRefused(exchange("front", subject, "actor_token", subject), "invalid_request");
        assertRefused(exchange("front", subject, "actor_token_type", ACCESS_TOKEN), "invalid_request");
    }

    @ParameterizedTest(name = NAMES)
    @CsvSource({
        "subject_token_type, urn:ietf:params:oauth:token-type:refresh_token",
        "subject_token_type, urn:ietf:params:oauth:token-type:id_token",
        "subject_token_type, urn:ietf:params:oauth:token-type:saml2",
        "subject_token_type, access_token",
        "requested_token_type, urn:ietf:params:oauth:token-type:refresh_token",
        "requested_token_type, urn:ietf:params:oauth:token-type:id_token",
        "requested_token_type, jwt"
    })
    @DisplayName("RFC 8693, 2.1: types of tokens that are not exchanged here are refused")
    void otherTypes(String parameter, String type) {
        String subject = ownToken("front");
        Answer answer = parameter.startsWith("subject")
                ? post("front", "grant_type", GRANT_TYPE, "subject_token", subject, parameter, type)
                : exchange("front", subject, parameter, type);
        assertRefused(answer, "invalid_request");
        assertThat(answer.text("error_description")).contains(parameter);
    }

    @Test
    @DisplayName("RFC 8693, 2.1: resource and audience name services, several of both")
    void services() {
        String subject = ownToken("front");
        assertThat(claims(given(exchange("front", subject, "resource", STOCK))).getString("aud"))
                .isEqualTo(STOCK);
        assertThat(claims(given(exchange("front", subject, "audience", MAPS))).getString("aud"))
                .isEqualTo(MAPS);
        assertThat(claims(given(exchange("front", subject, "audience", MAPS, "resource", STOCK)))
                        .getJsonArray("aud"))
                .isEqualTo(new JsonArray(List.of(STOCK, MAPS)));
    }

    @Test
    @DisplayName("RFC 8693, 2.1: without resource and audience the token is for whom the subject token was")
    void noService() {
        assertThat(claims(given(exchange(SERVICE, userToken("api", "resource", SERVICE))))
                        .getString("aud"))
                .isEqualTo(SERVICE);
    }

    @Test
    @DisplayName("RFC 8693, 2.2.1: the answer says which kind of token it gives, and how it is used")
    void theAnswer() {
        Answer answer = exchange("front", ownToken("front"));
        assertThat(answer.text("issued_token_type")).isEqualTo(ACCESS_TOKEN);
        assertThat(answer.text("token_type")).isEqualTo("Bearer");
        assertThat(answer.json().getLong("expires_in")).isBetween(1L, 600L);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        Answer jwt = exchange("front", ownToken("front"), "requested_token_type", JWT);
        assertThat(jwt.text("issued_token_type")).isEqualTo(JWT);
    }

    @Test
    @DisplayName(
            "RFC 8693, 2.2.1: the answer tells a scope that is not the one that was asked for; no refresh token comes")
    void theScope() {
        String subject = userToken("openid email api stock offline_access");
        Answer all = exchange("front", subject);
        assertThat(all.text("scope").split(" ")).containsExactlyInAnyOrder("openid", "email", "api");
        assertThat(all.json().containsKey("refresh_token")).isFalse();
        assertThat(all.json().containsKey("id_token")).isFalse();
        assertThat(exchange("front", subject, "scope", "api").text("scope")).isEqualTo("api");
        for (String wider : List.of("stock", "orders", "api offline_access")) {
            assertRefused(exchange("front", subject, "scope", wider), "invalid_scope");
        }
    }

    @ParameterizedTest(name = NAMES)
    @ValueSource(strings = {"subject_token", "actor_token"})
    @DisplayName("RFC 8693, 2.2.2: a token that is invalid for any reason is invalid_request, whatever the other is")
    void invalidTokens(String parameter) {
        String good = ownToken("front");
        String[] parts = good.split("\\.");
        String idToken = web().tokens(new Person(caller.base()), "openid").text("id_token");
        String revoked = ownToken("front");
        assertThat(caller.post("/oauth2/revoke", basic("front"), "token", revoked)
                        .status())
                .isEqualTo(200);
        for (String bad : List.of(
                "x",
                parts[0] + "." + parts[1] + ".",
                parts[0] + "." + parts[1] + "." + claimsOf(parts),
                idToken,
                revoked,
                web().tokens(new Person(caller.base()), "openid offline_access").text("refresh_token"),
                caller.logIn().text("access_token"))) {
            Answer answer = parameter.equals("subject_token")
                    ? exchange("front", bad, "actor_token", good, "actor_token_type", ACCESS_TOKEN)
                    : exchange("front", good, "actor_token", bad, "actor_token_type", ACCESS_TOKEN);
            assertRefused(answer, "invalid_request");
            assertThat(answer.text("error_description")).contains(parameter).doesNotContain(bad + " ");
        }
    }

    private static String claimsOf(String[] parts) {
        return "A".repeat(parts[2].length());
    }

    @ParameterizedTest(name = NAMES)
    @ValueSource(strings = {"subject_token", "actor_token", "subject_token_type", "requested_token_type", "scope"})
    @DisplayName("RFC 8693, 2.1: a parameter that comes twice is refused, never the first or last one taken")
    void doubledParameters(String parameter) {
        String token = ownToken("front");
        String value = parameter.endsWith("_type") ? ACCESS_TOKEN : parameter.equals("scope") ? "api" : token;
        assertRefused(exchange("front", token, parameter, value, parameter, value), "invalid_request");
    }

    @Test
    @DisplayName("RFC 8693, 2.2.2: a token that policy does not accept is invalid_request")
    void unacceptableTokens() {
        assertRefused(exchange("stranger", userToken("api")), "invalid_request");
        assertRefused(exchange("stranger", ownToken("front")), "invalid_request");
        assertRefused(exchange(SERVICE, userToken("api")), "invalid_request");
    }

    @ParameterizedTest(name = NAMES)
    @ValueSource(strings = {"resource", "audience"})
    @DisplayName("RFC 8693, 2.2.2: a service that the client may not have tokens for is invalid_target")
    void otherServices(String parameter) {
        assertRefused(exchange("front", ownToken("front"), parameter, "https://other.example.org/"), "invalid_target");
        assertRefused(exchange("stranger", ownToken("stranger"), parameter, STOCK), "invalid_target");
    }

    @Test
    @DisplayName("RFC 8693, 4.1: act says who acts for the subject, in the token and in its introspection")
    void delegation() {
        String subject = userToken("openid api");
        String token = acting("acting", subject);

        JsonObject act = new JsonObject().put("sub", "acting");
        assertThat(claims(token).getJsonObject("act")).isEqualTo(act);
        assertThat(claims(token).getString("sub")).isEqualTo(claims(subject).getString("sub"));
        assertThat(introspection("acting", token).getJsonObject("act")).isEqualTo(act);
    }

    @Test
    @DisplayName("RFC 8693, 4.1: who acted before is nested in act, the current actor outermost")
    void nestedActors() {
        String first = acting("front", userToken("openid api"));
        String second = acting("acting", first);
        JsonObject chain = new JsonObject().put("sub", "acting").put("act", new JsonObject().put("sub", "front"));
        assertThat(claims(second).getJsonObject("act")).isEqualTo(chain);
        assertThat(introspection("acting", second).getJsonObject("act")).isEqualTo(chain);
        assertThat(claims(given(exchange("pair", first))).getJsonObject("act"))
                .as("also where nobody new acts")
                .isEqualTo(new JsonObject().put("sub", "front"));
    }

    @Test
    @DisplayName("RFC 8693, 4.1: the chain of actors has an end")
    void theChainEnds() {
        String token = ownToken("front");
        String actor = ownToken("front");
        for (int i = 0; i < 4; i++) {
            token = given(exchange("front", token, "actor_token", actor, "actor_token_type", ACCESS_TOKEN));
        }
        assertRefused(
                exchange("front", token, "actor_token", actor, "actor_token_type", ACCESS_TOKEN), "invalid_request");
    }

    @Test
    @DisplayName("RFC 8693, 5: only a client that authenticates may exchange, as its registration says")
    void theClient() {
        String token = ownToken("front");
        assertRefused(exchange("plain", token), "unauthorized_client");
        assertRefused(exchange("acting", token), "unauthorized_client");
        Answer unknown = caller.post(
                "/oauth2/token",
                Caller.basic("front", "wrong"),
                "grant_type",
                GRANT_TYPE,
                "subject_token",
                token,
                "subject_token_type",
                ACCESS_TOKEN);
        assertThat(unknown.error()).isEqualTo("401 invalid_client");
    }
}
