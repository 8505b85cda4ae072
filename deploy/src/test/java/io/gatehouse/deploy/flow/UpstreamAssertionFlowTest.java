package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A service that believes no header, by Nimbus and the published keys; and that what it gets opens nothing of ours. */
class UpstreamAssertionFlowTest {
    private static final String SECRET = "hop-secret-0123456789abcdef0123456789";
    private static final String AUDIENCE = "https://shop.internal:8443";

    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo()
            .with("forward_auth.secret", SECRET)
            .with(
                    "routes",
                    "[{id: shop, match: {host: shop.example.org}, demand: bearer, scope: [api], assertion: '" + AUDIENCE
                            + "'}]");

    private final Caller caller = NODE.caller();

    private Answer ask(String token) {
        return new BareCaller(NODE.address())
                .get(
                        "/forward-auth",
                        "X-Gatehouse-Hop: " + SECRET,
                        "X-Forwarded-Method: GET",
                        "X-Forwarded-Host: shop.example.org",
                        "X-Forwarded-Uri: /cart",
                        "Authorization: Bearer " + token);
    }

    private String assertion(String token) {
        Answer answer = ask(token);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.header("x-gatehouse-assertion");
    }

    /** As deploy/docs/front-door.md says that a service does it. */
    private static DefaultJWTProcessor<SecurityContext> service(String audience) throws Exception {
        URI issuer = NODE.address();
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("gatehouse-assertion+jwt")));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                JWSAlgorithm.ES256,
                JWKSourceBuilder.create(URI.create(issuer + "/oauth2/jwks").toURL())
                        .build()));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                audience,
                new JWTClaimsSet.Builder().issuer(issuer.toString()).build(),
                Set.of("sub", "sub_type", "iat", "exp", "jti")));
        return processor;
    }

    @Test
    void aServiceVerifiesWhoItIs() throws Exception {
        String token = caller.logInForDemo().text("access_token");
        JWTClaimsSet says = service(AUDIENCE).process(assertion(token), null);
        assertThat(says.getStringClaim("sub_type")).isEqualTo("user");
        assertThat(says.getSubject()).isEqualTo(ask(token).header("x-gatehouse-subject"));
        assertThat(says.getStringClaim("client_id")).isEqualTo("demo");
        assertThat(says.getStringClaim("scope")).contains("api");
        assertThat(says.getStringListClaim("roles")).containsExactly("editor");
        assertThat(says.getExpirationTime().getTime() - says.getIssueTime().getTime())
                .isBetween(1_000L, 60_000L);
    }

    @Test
    void aServiceTakesNeitherTheTokenNorWhatIsForAnother() throws Exception {
        String token = caller.logInForDemo().text("access_token");
        assertThatThrownBy(() -> service(NODE.address().toString()).process(token, null))
                .isInstanceOf(BadJOSEException.class);
        String assertion = assertion(token);
        assertThatThrownBy(() -> service("https://bank.internal:8443").process(assertion, null))
                .isInstanceOf(BadJOSEException.class);
    }

    /** Whoever holds one can tell a service of its user; here it is worth nothing. */
    @Test
    void itOpensNothingHere() {
        String assertion = assertion(caller.logInForDemo().text("access_token"));
        assertThat(ask(assertion).status()).isEqualTo(401);
        assertThat(caller.get("/oauth2/userinfo", "Bearer " + assertion).error())
                .isEqualTo("401 invalid_token");
        assertThat(caller.post("/oauth2/introspect", Caller.DEMO, "token", assertion)
                        .json()
                        .getBoolean("active"))
                .isFalse();
        assertThat(caller.post(
                                "/oauth2/token",
                                Caller.DEMO,
                                "grant_type",
                                "urn:ietf:params:oauth:grant-type:token-exchange",
                                "subject_token",
                                assertion,
                                "subject_token_type",
                                "urn:ietf:params:oauth:token-type:access_token")
                        .status())
                .isEqualTo(400);
        for (String client : new String[] {"client_credentials", "urn:ietf:params:oauth:grant-type:jwt-bearer"}) {
            Answer answer = caller.post(
                    "/oauth2/token",
                    null,
                    "grant_type",
                    client,
                    "assertion",
                    assertion,
                    "client_assertion_type",
                    "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                    "client_assertion",
                    assertion);
            assertThat(answer.status()).isIn(400, 401);
        }
    }

    @Test
    void oneRevokedTokenMakesNoMore() {
        String token = caller.logInForDemo().text("access_token");
        assertion(token);
        assertThat(caller.post("/oauth2/revoke", Caller.DEMO, "token", token).status())
                .isEqualTo(200);
        Answer answer = ask(token);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("x-gatehouse-assertion")).isNull();
    }
}
