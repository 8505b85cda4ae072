package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 9068 demands of access tokens, of who makes them and of who takes them. */
class Rfc9068Test {
    private static final String SECRET = "web-secret-0123456789abcdef0123456789";
    private static final String RESOURCE = "https://api.example.org/v1";

    @RegisterExtension
    static final RunningNode NODE =
            RunningNode.configured("""
            bootstrap:
              clients:
                - client_id: web
                  client_secret: %1$s
                  redirect_uris: ["%2$s"]
                  grant_types: [authorization_code, client_credentials]
                  scope: openid email api
                  resources: ["%3$s"]
                - client_id: rsa
                  client_secret: %1$s
                  grant_types: [client_credentials]
                  scope: api
                  access_token_signed_response_alg: RS256
              users:
                - {username: ada, password: %4$s, roles: [editor]}
            """.formatted(SECRET, CodeFlow.REDIRECT_URI, RESOURCE, RunningNode.ADA_PASSWORD));

    private final Caller caller = NODE.caller();
    private final CodeFlow web = new CodeFlow(caller, "web", SECRET);
    private final Person person = new Person(caller.base());

    private AppJwt read(String token) {
        return AppJwt.byJwks(token, caller.get("/oauth2/jwks", null).body());
    }

    private String byItself(String client) {
        return caller.post("/oauth2/token", Caller.basic(client, SECRET), "grant_type", "client_credentials")
                .text("access_token");
    }

    private String ofPerson(String... more) {
        return web.tokens(person, "openid email", more).text("access_token");
    }

    @Test
    @DisplayName("RFC 9068, 2.1: a token is signed, and its type is at+jwt")
    void theTypeIsAtJwt() {
        assertThat(read(ofPerson()).header().getString("typ")).isEqualTo("at+jwt");
        assertThat(read(byItself("web")).header().getString("alg")).isEqualTo("ES256");
    }

    @Test
    @DisplayName("RFC 9068, 2.1: RS256 must be supported")
    void rs256IsSupported() {
        assertThat(read(byItself("rsa")).header().getString("alg")).isEqualTo("RS256");
    }

    @Test
    @DisplayName("RFC 9068, 2.2: iss, exp, aud, sub, client_id, iat and jti are there")
    void requiredClaims() {
        JsonObject claims = read(ofPerson()).claims();
        assertThat(claims.fieldNames()).contains("iss", "exp", "aud", "sub", "client_id", "iat", "jti");
        assertThat(claims.getString("iss")).isEqualTo(caller.base().toString());
        assertThat(claims.getString("client_id")).isEqualTo("web");
        assertThat(claims.getLong("exp")).isGreaterThan(claims.getLong("iat"));
        assertThat(read(ofPerson()).claims().getString("jti")).isNotEqualTo(claims.getString("jti"));
    }

    @Test
    @DisplayName("RFC 9068, 2.2.1: the time and the way of the login are told, and stay what they were")
    void theLoginIsTold() {
        JsonObject claims = read(ofPerson()).claims();
        assertThat(claims.getLong("auth_time")).isLessThanOrEqualTo(claims.getLong("iat"));
        assertThat(claims.getJsonArray("amr")).contains("pwd");
    }

    @Test
    @DisplayName("RFC 9068, 2.2.3: where the request had a scope the token has it")
    void theScopeIsThere() {
        assertThat(read(ofPerson()).claims().getString("scope").split(" "))
                .containsExactlyInAnyOrder("openid", "email");
    }

    @Test
    @DisplayName("RFC 9068, 3: with a resource that is the audience, and without one it is the default")
    void theAudience() {
        assertThat(read(ofPerson("resource", RESOURCE)).claims().getValue("aud").toString())
                .contains(RESOURCE);
        assertThat(read(ofPerson()).claims().getValue("aud").toString())
                .contains(caller.base().toString());
    }

    @Test
    @DisplayName("RFC 9068, 4: what has another type is no access token")
    void anIdTokenIsNoAccessToken() {
        String idToken = web.tokens(person, "openid").text("id_token");
        assertThat(web.userinfo(idToken).status()).isEqualTo(401);
    }

    @Test
    @DisplayName("RFC 9068, 4: a token for somebody else must be refused")
    void aTokenForSomebodyElseIsRefused() {
        assertThat(web.userinfo(ofPerson("resource", RESOURCE)).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256", "RS256"})
    @DisplayName("RFC 9068, 4: the algorithm is never none, and no other than the key's")
    void theAlgorithmIsTheKeys(String algorithm) {
        String[] parts = ofPerson().split("\\.");
        String header = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8)
                .replace("\"ES256\"", "\"" + algorithm + "\"");
        String forged = Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8));
        assertThat(header).contains(algorithm);
        assertThat(web.userinfo(forged + "." + parts[1] + "." + parts[2]).status())
                .isEqualTo(401);
        assertThat(web.userinfo(forged + "." + parts[1] + ".").status()).isEqualTo(401);
    }

    @Test
    @DisplayName("RFC 9068, 5: the subject of a client that acts for itself can't be a user's")
    void aClientIsNoUser() {
        assertThat(read(byItself("web")).claims().getString("sub")).isEqualTo("web");
        assertThat(read(ofPerson()).claims().getString("sub")).isNotEqualTo("web");
    }
}
