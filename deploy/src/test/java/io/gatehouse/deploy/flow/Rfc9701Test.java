package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 9701 demands of an authorization server that answers introspections by JWTs. */
class Rfc9701Test {
    private static final String TYPE = "application/token-introspection+jwt";

    @RegisterExtension
    static final RunningNode NODE = Services.node();

    private final Caller caller = NODE.caller();
    private final Services services = new Services(caller);
    private final Person person = new Person(caller.base());

    private Answer ask(String clientId, String token, String accept) {
        return caller.send(
                "POST",
                "/oauth2/introspect",
                Caller.form("token", token),
                "Authorization",
                Services.basic(clientId),
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Accept",
                accept);
    }

    private JWTClaimsSet claims(String clientId, Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo(TYPE);
        JWSAlgorithm algorithm = clientId.equals("api") ? JWSAlgorithm.ES256 : JWSAlgorithm.RS256;
        return new JwtCheck(services.flow(clientId), algorithm).signature(answer.body());
    }

    private JsonObject told(String clientId, String token) throws ParseException {
        Map<String, Object> told =
                claims(clientId, ask(clientId, token, TYPE)).getJSONObjectClaim("token_introspection");
        return new JsonObject(told);
    }

    @ParameterizedTest
    @ValueSource(strings = {TYPE, "application/json;q=0.5, " + TYPE, "Application/Token-Introspection+JWT"})
    @DisplayName("RFC 9701, 4: who accepts the type gets a JWT")
    void whoAcceptsTheTypeGetsAJwt(String accept) {
        Answer answer = ask("api", services.token(), accept);
        assertThat(claims("api", answer).getClaims()).containsKey("token_introspection");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "*/*", TYPE + ";q=0", "application/jwt", "text/html"})
    @DisplayName("RFC 9701, 4: who does not name the type gets JSON")
    void whoDoesNotNameTheTypeGetsJson(String accept) {
        Answer answer = ask("api", services.token(), accept);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.json().getBoolean("active")).isTrue();
    }

    @Test
    @DisplayName("RFC 9701, 5: the typ of the JWT is token-introspection+jwt")
    void theTypeOfTheJwtIsItsOwn() throws ParseException {
        SignedJWT jwt = SignedJWT.parse(ask("api", services.token(), TYPE).body());
        assertThat(jwt.getHeader().getType().getType()).isEqualTo("token-introspection+jwt");
    }

    @Test
    @DisplayName("RFC 9701, 5: it names the issuer, the service that asked, and when it was made")
    void itNamesIssuerAudienceAndTime() {
        JWTClaimsSet claims = claims("api", ask("api", services.token(), TYPE));
        assertThat(claims.getIssuer()).isEqualTo(caller.base().toString());
        assertThat(claims.getAudience()).containsExactly("api");
        assertThat(claims.getIssueTime().toInstant())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
        assertThat(claims.getClaims().keySet())
                .as("neither sub nor exp, by which it could pass for a token")
                .containsExactlyInAnyOrder("iss", "aud", "iat", "token_introspection");
    }

    @Test
    @DisplayName("RFC 9701, 5: what is told of an active token is what plain JSON tells, iss and aud among it")
    void whatIsToldIsWhatPlainJsonTells() throws ParseException {
        for (String token :
                List.of(services.token(), services.login("web", person).text("access_token"))) {
            JsonObject plain = services.introspect("api", token).json();
            JsonObject told = told("api", token);
            if (!told.containsKey("scope")) {
                plain.remove("scope");
            }
            assertThat(told).isEqualTo(plain);
            assertThat(told.getString("iss")).isEqualTo(caller.base().toString());
            assertThat(told.containsKey("aud")).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"other, false", "orders, false", "api, true", "web, true"})
    @DisplayName("RFC 9701, 5: of a token that is no business of the asker nothing is told but that it is not active")
    void ofWhatIsNoBusinessOfTheAskerNothingIsTold(String asker, boolean active) throws ParseException {
        JsonObject told = told(asker, services.token());
        assertThat(told.getBoolean("active")).isEqualTo(active);
        if (!active) {
            assertThat(told.fieldNames()).containsExactly("active");
        }
    }

    @Test
    @DisplayName("RFC 9701, 5: of invalid, revoked and unknown tokens nothing is told but that they are not active")
    void ofInvalidTokensNothingIsTold() throws ParseException {
        String revoked = services.token();
        services.revoke("web", revoked);
        for (String token : List.of("x", "a.b.c", revoked, services.token() + "x", "x".repeat(20_000))) {
            assertThat(told("api", token)).isEqualTo(new JsonObject().put("active", false));
        }
    }

    @Test
    @DisplayName("RFC 9701, 5: whoever asks must authenticate")
    void whoeverAsksMustAuthenticate() {
        String form = Caller.form("token", services.token(), "client_id", "spa");
        for (String body : List.of(form, Caller.form("token", services.token()))) {
            assertThat(caller.send(
                                    "POST",
                                    "/oauth2/introspect",
                                    body,
                                    "Content-Type",
                                    "application/x-www-form-urlencoded",
                                    "Accept",
                                    TYPE)
                            .error())
                    .isEqualTo("401 invalid_client");
        }
    }

    @Test
    @DisplayName("RFC 9701, 6: introspection_signed_response_alg decides the algorithm, RS256 without it")
    void theRegistrationDecidesTheAlgorithm() throws ParseException {
        assertThat(SignedJWT.parse(ask("api", "x", TYPE).body()).getHeader().getAlgorithm())
                .isEqualTo(JWSAlgorithm.ES256);
        assertThat(SignedJWT.parse(ask("web", "x", TYPE).body()).getHeader().getAlgorithm())
                .isEqualTo(JWSAlgorithm.RS256);
    }

    @Test
    @DisplayName("RFC 9701, 7: the metadata names the algorithms, and never none")
    void theMetadataNamesTheAlgorithms() {
        JsonObject metadata =
                caller.get("/.well-known/oauth-authorization-server", null).json();
        assertThat(metadata.getJsonArray("introspection_signing_alg_values_supported"))
                .isEqualTo(new JsonArray(List.of("RS256", "ES256", "PS256", "EdDSA", "HS256")));
    }

    @Test
    @DisplayName("RFC 9701, 8.1: the JWT passes for no access token and no ID token")
    void theJwtPassesForNoOther() {
        String jwt = ask("api", services.login("web", person).text("access_token"), TYPE)
                .body();
        assertThat(caller.get("/oauth2/userinfo", "Bearer " + jwt).error()).isEqualTo("401 invalid_token");
        assertThat(services.isActive("api", jwt)).isFalse();
        Page page = new Person(caller.base()).open(services.flow("web").request("openid", "id_token_hint", jwt));
        assertThat(page.answer()).containsEntry("error", "invalid_request");
    }

    @Test
    @DisplayName("RFC 9701, 1: it is access tokens that are told by JWTs; a refresh token stays its client's, as JSON")
    void aRefreshTokenIsToldByJson() {
        String token = services.login("web", person).text("refresh_token");
        Answer answer = ask("web", token, TYPE);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.text("token_type")).isEqualTo("refresh_token");
    }
}
