package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.claims.AccessTokenHash;
import io.vertx.core.json.JsonObject;
import java.text.ParseException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenID Connect Core, section 3.1: from the login page to tokens and claims, by each algorithm. */
class OidcFlowTest {
    private static final String EVERYTHING = "openid profile email phone offline_access api";

    @RegisterExtension
    static final RunningNode NODE = RunningNode.configured("""
            bootstrap:
              clients:
            %s  users:
                - {username: ada, password: ada-demo-password, name: Ada Lovelace, email: ada@example.org,
                   email_verified: true, phone: "+15550101", phone_verified: false}
            """.formatted(clients()));

    private final Caller caller = NODE.caller();
    private final Person person = new Person(caller.base());

    /** Two that name no algorithm, and one per algorithm, which bears its name. */
    private static String clients() {
        StringBuilder clients = new StringBuilder(clientEntry("default", "") + clientEntry("unseen", ""));
        for (String algorithm : List.of("RS256", "ES256", "PS256", "EdDSA", "HS256")) {
            clients.append(clientEntry(algorithm, """
                    id_token_signed_response_alg: %1$s
                    userinfo_signed_response_alg: %1$s
                    """.formatted(algorithm).indent(2)));
        }
        return clients.toString().indent(4);
    }

    private static String clientEntry(String clientId, String further) {
        return """
                - client_id: %s
                  client_secret: %s
                  redirect_uris: [%s]
                  grant_types: [authorization_code, refresh_token]
                  scope: %s
                """.formatted(clientId, secret(clientId), CodeFlow.REDIRECT_URI, EVERYTHING) + further;
    }

    private static String secret(String clientId) {
        return "secret-of-" + clientId + "-0123456789abcdef0123456789";
    }

    private CodeFlow client(String clientId) {
        return new CodeFlow(caller, clientId, secret(clientId));
    }

    private static JWTClaimsSet check(CodeFlow client, String algorithm, Answer tokens, String nonce) {
        return new JwtCheck(client, JWSAlgorithm.parse(algorithm)).idToken(tokens.text("id_token"), nonce);
    }

    @Test
    void asksOnceForPasswordAndConsentAndThenForNeither() {
        CodeFlow client = client("unseen");
        Page login = person.open(client.request("openid email"));
        assertThat(login.status()).isEqualTo(200);
        assertThat(login.asksForPassword()).isTrue();
        Page consent = person.logIn(login);
        assertThat(consent.status()).isEqualTo(200);
        assertThat(consent.asksForPassword()).isFalse();
        Page answer = person.submit(consent, "decision", "allow");
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.answer())
                .containsOnlyKeys("code", "state", "iss")
                .containsEntry("state", "state-of-the-flow")
                .containsEntry("iss", caller.base().toString());
        assertThat(client.redeem(answer.code()).status()).isEqualTo(200);

        Page silent = person.open(client.request("openid email"));
        assertThat(silent.status()).isEqualTo(302);
        assertThat(client.redeem(silent.code()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "ES256", "PS256", "EdDSA", "HS256"})
    void theIdTokenHoldsByTheAlgorithmOfTheClient(String algorithm) throws Exception {
        CodeFlow client = client(algorithm);
        Answer tokens = client.tokens(person, EVERYTHING);
        JWTClaimsSet claims = check(client, algorithm, tokens, CodeFlow.NONCE);
        assertThat(claims.getStringClaim("azp")).isEqualTo(algorithm);
        assertThat(claims.getStringClaim("acr")).isEqualTo("urn:gatehouse:acr:password");
        assertThat(claims.getStringListClaim("amr")).containsExactly("pwd");
        assertThat(claims.getStringClaim("sid")).isNotBlank();
        assertThat(claims.getDateClaim("auth_time")).isNotNull();
        BearerAccessToken accessToken = new BearerAccessToken(tokens.text("access_token"));
        // Only of EdDSA does the curve choose the hash.
        assertThat(claims.getStringClaim("at_hash"))
                .isEqualTo(AccessTokenHash.compute(accessToken, JWSAlgorithm.parse(algorithm), Curve.Ed25519)
                        .getValue());
    }

    @Test
    void aClientThatNamesNoAlgorithmHasRs256() {
        CodeFlow client = client("default");
        assertThat(check(client, "RS256", client.tokens(person, "openid"), CodeFlow.NONCE)
                        .getSubject())
                .isNotBlank();
    }

    @Test
    void userinfoTellsWhatTheScopeCovers() {
        CodeFlow client = client("default");
        Answer all = client.tokens(person, EVERYTHING);
        String subject = check(client, "RS256", all, CodeFlow.NONCE).getSubject();
        assertThat(client.userinfo(all.text("access_token")).json())
                .isEqualTo(new JsonObject()
                        .put("sub", subject)
                        .put("name", "Ada Lovelace")
                        .put("preferred_username", "ada")
                        .put("email", "ada@example.org")
                        .put("email_verified", true)
                        .put("phone_number", "+15550101")
                        .put("phone_number_verified", false));
        Answer little = client.tokens(person, "openid");
        assertThat(client.userinfo(little.text("access_token")).json()).isEqualTo(new JsonObject().put("sub", subject));
        Answer none = client.tokens(person, "api");
        assertThat(client.userinfo(none.text("access_token")).status()).isEqualTo(403);
        assertThat(none.json().containsKey("id_token")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "ES256", "PS256", "EdDSA", "HS256"})
    void userinfoIsSignedWhereTheClientWishesSo(String algorithm) throws ParseException {
        CodeFlow client = client(algorithm);
        Answer answer = client.userinfo(client.tokens(person, "openid email").text("access_token"));
        assertThat(answer.header("Content-Type")).isEqualTo("application/jwt");
        JWTClaimsSet claims = new JwtCheck(client, JWSAlgorithm.parse(algorithm)).signature(answer.body());
        assertThat(claims.getIssuer()).isEqualTo(caller.base().toString());
        assertThat(claims.getAudience()).isEqualTo(List.of(algorithm));
        assertThat(claims.getStringClaim("email")).isEqualTo("ada@example.org");
    }

    @Test
    void aRefreshGivesAnIdTokenOfTheSameLogin() throws ParseException {
        CodeFlow client = client("default");
        Answer first = client.tokens(person, "openid email");
        JWTClaimsSet old = check(client, "RS256", first, CodeFlow.NONCE);
        JWTClaimsSet fresh = check(client, "RS256", client.refresh(first.text("refresh_token")), null);
        assertThat(fresh.getSubject()).isEqualTo(old.getSubject());
        assertThat(fresh.getAudience()).isEqualTo(old.getAudience());
        assertThat(fresh.getDateClaim("auth_time")).isEqualTo(old.getDateClaim("auth_time"));
        assertThat(fresh.getStringClaim("sid")).isEqualTo(old.getStringClaim("sid"));
        assertThat(fresh.getClaim("nonce")).isNull();
        assertThat(fresh.getStringClaim("at_hash")).isNotEqualTo(old.getStringClaim("at_hash"));
    }
}
