package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RFC 6749, section 4.4, with access tokens by RFC 9068. */
class ClientCredentialsFlowTest {
    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo();

    private final Caller caller = NODE.caller();

    @Test
    void givesATokenThatAnyJoseLibraryVerifies() throws Exception {
        Answer answer = token("scope", "api");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("token_type")).isEqualTo("Bearer");
        assertThat(answer.json().getInteger("expires_in")).isEqualTo(600);
        assertThat(answer.text("scope")).isEqualTo("api");
        assertThat(answer.json().containsKey("refresh_token")).isFalse();
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");

        SignedJWT jwt = SignedJWT.parse(answer.text("access_token"));
        JWKSet keys = JWKSet.parse(caller.get("/oauth2/jwks", null).body());
        assertThat(jwt.getHeader().getType()).isEqualTo(new JOSEObjectType("at+jwt"));
        assertThat(jwt.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
        var key = keys.getKeyByKeyId(jwt.getHeader().getKeyID()).toECKey();
        assertThat(key.computeThumbprint().toString()).isEqualTo(key.getKeyID());
        assertThat(key.isPrivate()).isFalse();
        assertThat(jwt.verify(new ECDSAVerifier(key))).isTrue();
    }

    @Test
    void givesTheClaimsOfRfc9068() throws Exception {
        JWTClaimsSet claims =
                SignedJWT.parse(token("scope", "api").text("access_token")).getJWTClaimsSet();
        String issuer = caller.base().toString();
        assertThat(claims.getIssuer()).isEqualTo(issuer);
        assertThat(claims.getAudience()).containsExactly(issuer);
        assertThat(claims.getSubject()).isEqualTo("demo");
        assertThat(claims.getStringClaim("client_id")).isEqualTo("demo");
        assertThat(claims.getStringClaim("scope")).isEqualTo("api");
        assertThat(claims.getStringClaim("family")).isEqualTo("oauth");
        assertThat(claims.getJWTID()).hasSizeGreaterThanOrEqualTo(20);
        assertThat(claims.getExpirationTime().getTime() - claims.getIssueTime().getTime())
                .isEqualTo(600_000);
        assertThat(claims.getClaims()).doesNotContainKeys("gid", "sid", "roles");
    }

    @Test
    void takesTheSecretInTheBody() {
        Answer answer = caller.post(
                "/oauth2/token",
                null,
                "grant_type",
                "client_credentials",
                "client_id",
                "demo",
                "client_secret",
                RunningNode.DEMO_SECRET);
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void withoutScopeGivesWhatIsRegisteredButNothingOfEndUsers() {
        assertThat(token().text("scope")).isEqualTo("api");
    }

    @Test
    void neverGivesMoreThanIsRegistered() {
        assertThat(token("scope", "api admin").error()).isEqualTo("400 invalid_scope");
        assertThat(token("scope", "a\"b").error()).isEqualTo("400 invalid_scope");
    }

    @Test
    void everyTokenHasAnIdOfItsOwn() throws Exception {
        String first =
                SignedJWT.parse(token().text("access_token")).getJWTClaimsSet().getJWTID();
        String second =
                SignedJWT.parse(token().text("access_token")).getJWTClaimsSet().getJWTID();
        assertThat(first).isNotEqualTo(second);
    }

    @Test
    void refusesWhoeverIsNotTheClient() {
        for (String authorization : new String[] {
            null,
            Caller.basic("demo", "wrong"),
            Caller.basic("demo", ""),
            Caller.basic("nobody", RunningNode.DEMO_SECRET),
            Caller.basic("gatehouse.login", ""),
            "Basic !!!",
            "Basic " + "A".repeat(8000),
            "Bearer x"
        }) {
            Answer answer = caller.post("/oauth2/token", authorization, "grant_type", "client_credentials");
            assertThat(answer.error()).as(String.valueOf(authorization)).isEqualTo("401 invalid_client");
            assertThat(answer.header("WWW-Authenticate")).startsWith("Basic ");
        }
    }

    @Test
    void aPublicClientCannotActForItself() {
        Answer answer = caller.post("/oauth2/token", null, "grant_type", "client_credentials", "client_id", "demo-spa");
        assertThat(answer.error()).isEqualTo("400 unauthorized_client");
    }

    @Test
    void twoWaysToAuthenticateAtOnceAreRefused() {
        Answer answer = caller.post(
                "/oauth2/token",
                Caller.DEMO,
                "grant_type",
                "client_credentials",
                "client_secret",
                RunningNode.DEMO_SECRET);
        assertThat(answer.error()).isEqualTo("400 invalid_request");
    }

    @Test
    void refusesUnknownGrantsAndMalformedRequests() {
        assertThat(caller.post("/oauth2/token", Caller.DEMO, "grant_type", "password")
                        .error())
                .isEqualTo("400 unsupported_grant_type");
        assertThat(caller.post("/oauth2/token", Caller.DEMO, "scope", "api").error())
                .isEqualTo("400 invalid_request");
        assertThat(caller.post("/oauth2/token", Caller.DEMO, "grant_type", "").error())
                .isEqualTo("400 invalid_request");
        assertThat(caller.post(
                                "/oauth2/token",
                                Caller.DEMO,
                                "grant_type",
                                "client_credentials",
                                "grant_type",
                                "client_credentials")
                        .error())
                .isEqualTo("400 invalid_request");
        assertThat(caller.postJson("/oauth2/token", Caller.DEMO, "{\"grant_type\":\"client_credentials\"}")
                        .error())
                .isEqualTo("400 invalid_request");
        assertThat(caller.post("/oauth2/token?grant_type=client_credentials", Caller.DEMO)
                        .error())
                .isEqualTo("400 invalid_request");
    }

    @Test
    void anotherTenantKnowsNothingOfOurs() {
        Answer answer = caller.post("/t/other/oauth2/token", Caller.DEMO, "grant_type", "client_credentials");
        assertThat(answer.status()).isEqualTo(404);
    }

    private Answer token(String... more) {
        String[] pairs = new String[more.length + 2];
        pairs[0] = "grant_type";
        pairs[1] = "client_credentials";
        System.arraycopy(more, 0, pairs, 2, more.length);
        return caller.post("/oauth2/token", Caller.DEMO, pairs);
    }
}
