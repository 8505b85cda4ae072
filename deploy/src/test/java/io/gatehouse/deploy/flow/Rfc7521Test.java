package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7521, section 4.1, and RFC 7523, sections 2.1, 3 and 3.1: a user's token for an assertion. */
class Rfc7521Test extends AssertionGrantCase {
    private static final String NAMES = "{displayName} [{arguments}]";

    @ParameterizedTest(name = NAMES)
    @ValueSource(strings = {"ES256", "RS256", "PS256", "EdDSA", "Ed25519"})
    @DisplayName("RFC 7523, 2.1: an assertion of a trusted issuer, by any of its keys, gives an access token")
    void anAssertion(String algorithm) {
        KeyPair key = switch (algorithm) {
            case "ES256" -> EC;
            case "EdDSA", "Ed25519" -> EDWARDS;
            default -> RSA;
        };
        Answer answer = grant(
                Assertion.of(PARTNER, ISSUER, algorithm).with("sub", "ada").signed(key));
        JsonObject claims = claims(answer);
        assertThat(claims.getString("client_id")).isEqualTo("app");
        assertThat(claims.getString("sub")).hasSize(36);
        assertThat(claims.getJsonArray("roles")).isEqualTo(new JsonArray(List.of("buyer")));
        assertThat(claims.getJsonArray("amr")).isEqualTo(new JsonArray(List.of("jwt_bearer")));
        assertThat(isActive(answer.text("access_token"))).isTrue();
    }

    @Test
    @DisplayName("RFC 7521, 4.1: assertion is required, and comes once")
    void theParameter() {
        assertThat(caller.post("/oauth2/token", Caller.basic("app", SECRET), "grant_type", GRANT_TYPE)
                        .error())
                .isEqualTo("400 invalid_request");
        String assertion = usual().signed(EC);
        assertThat(grant(assertion, "assertion", assertion).error()).isEqualTo("400 invalid_request");
    }

    @Test
    @DisplayName("RFC 7521, 4.1: a scope within what the issuer and the client may have, and no refresh token")
    void theScope() {
        Answer all = grant(usual().signed(EC));
        assertThat(all.text("scope").split(" ")).containsExactlyInAnyOrder("api", "email");
        assertThat(all.json().containsKey("refresh_token")).isFalse();
        assertThat(all.json().containsKey("id_token")).isFalse();
        assertThat(grant(usual().signed(EC), "scope", "api").text("scope")).isEqualTo("api");
        for (String wider : List.of("stock", "openid", "api offline_access")) {
            assertThat(grant(usual().signed(EC), "scope", wider).error()).isEqualTo("400 invalid_scope");
        }
        Answer unbounded = grant(of(MIRROR, claims(all).getString("sub")).signed(OTHER));
        assertThat(unbounded.text("scope").split(" ")).containsExactlyInAnyOrder("api", "email", "stock");
    }

    @ParameterizedTest(name = NAMES)
    @ValueSource(
            strings = {"https://stranger.example.org", "http://127.0.0.1:18080", "https://partner.example.org/", ""})
    @DisplayName("RFC 7523, 3, 1: iss is an issuer that the tenant trusts")
    void theIssuer(String issuer) {
        assertRefused(grant(of(issuer, "ada").signed(EC)));
        assertRefused(grant(usual().with("iss", null).signed(EC)));
    }

    @Test
    @DisplayName("RFC 7523, 3, 1: what one tenant trusts another does not")
    void theTenant() {
        Answer answer = caller.post(
                "/t/side/oauth2/token",
                Caller.basic("app", SECRET),
                pairs(usual().with("aud", ISSUER + "/t/side").signed(EC)));
        assertRefused(answer);
    }

    @Test
    @DisplayName("RFC 7523, 3, 2: sub names a user, in the way that is configured for its issuer")
    void theSubject() {
        String ada = claims(grant(usual().signed(EC))).getString("sub");
        assertThat(claims(grant(mailed("ada@example.org").signed(OTHER))).getString("sub"))
                .isEqualTo(ada);
        assertThat(claims(grant(mailed("ADA@example.org").signed(OTHER))).getString("sub"))
                .isEqualTo(ada);
        assertThat(claims(grant(of(MIRROR, ada).signed(OTHER))).getString("sub"))
                .isEqualTo(ada);
        assertRefused(grant(of(MIRROR, "ada").signed(OTHER)));
        assertRefused(grant(of(PARTNER, "ada@example.org").signed(EC)));
        assertRefused(grant(usual().with("sub", null).signed(EC)));
        assertRefused(grant(of(PARTNER, "x".repeat(257)).signed(EC)));
    }

    private static Assertion mailed(String email) {
        return of(MAILER, email).with("exp", Instant.now().getEpochSecond() + 9);
    }

    @Test
    @DisplayName("RFC 7523, 3, 2: users who are unknown, disabled or not known by that address are one refusal")
    void nobodyLearnsWhoExists() {
        String unknown = grant(of(PARTNER, "nobody").signed(EC)).body();
        assertThat(unknown).contains("invalid_grant");
        assertThat(grant(of(PARTNER, "gone").signed(EC)).body()).isEqualTo(unknown);
        assertThat(grant(mailed("max@example.org").signed(OTHER)).body())
                .as("nobody has verified it")
                .isEqualTo(unknown);
    }

    @Test
    @DisplayName("RFC 7523, 3, 3: aud is this server, by its issuer or its token endpoint, and nobody else")
    void theAudience() {
        claims(grant(usual().with("aud", ISSUER + "/oauth2/token").signed(EC)));
        claims(grant(usual().with("aud", new JsonArray().add(ISSUER)).signed(EC)));
        for (Object other : List.of(
                "https://other.example.org",
                ISSUER + "/",
                ISSUER + "/t/side",
                new JsonArray(),
                new JsonArray().add(ISSUER).add("https://other.example.org"),
                new JsonArray().add(1),
                7)) {
            assertRefused(grant(usual().with("aud", other).signed(EC)));
        }
        assertRefused(grant(usual().with("aud", null).signed(EC)));
    }

    @ParameterizedTest(name = NAMES)
    @CsvSource({"-60, exp", "3000, exp", "600, nbf", "600, iat"})
    @DisplayName("RFC 7523, 3, 4 to 6: exp is there and near, nbf and iat are past")
    void theTimes(long offset, String claim) {
        assertRefused(grant(
                usual().with(claim, Instant.now().getEpochSecond() + offset).signed(EC)));
        assertRefused(grant(usual().with(claim, "soon").signed(EC)));
        assertRefused(grant(usual().with("exp", null).signed(EC)));
    }

    @Test
    @DisplayName("RFC 7523, 3, 4: an issuer's assertions live no longer than is configured for it")
    void theLifeOfOneIssuer() {
        assertRefused(grant(of(MAILER, "ada@example.org").signed(OTHER)));
    }

    @Test
    @DisplayName("RFC 7523, 3, 7: an assertion counts once, with and without jti, for all clients together")
    void replays() {
        String named = usual().signed(EC);
        String unnamed = usual().with("jti", null).signed(EC);
        for (String assertion : List.of(named, unnamed)) {
            claims(grant(assertion));
            assertRefused(grant(assertion));
            assertRefused(caller.post("/oauth2/token", null, pairs(assertion, "client_id", "spa")));
        }
        Assertion again = usual().with("jti", "the-same");
        claims(grant(again.signed(EC)));
        assertRefused(grant(again.with("iat", null).signed(EC)));
        claims(grant(again.with("iss", MIRROR)
                .with("sub", claims(grant(usual().signed(EC))).getString("sub"))
                .signed(OTHER)));
    }

    /** Whoever sees one signature on P-256 can write another one that is as right. */
    @Test
    @DisplayName("RFC 7523, 3, 7: an assertion counts once, whichever of its two right signatures it has")
    void mirroredSignatures() {
        for (Assertion assertion : List.of(usual(), usual().with("jti", null).with("of", "another"))) {
            String signed = assertion.signed(EC);
            long given = Stream.of(mirrored(signed), signed, mirrored(signed))
                    .filter(one -> grant(one).status() == 200)
                    .count();
            assertThat(given).isEqualTo(1);
        }
    }

    private static String mirrored(String jws) {
        int dot = jws.lastIndexOf('.');
        byte[] signature = Base64.getUrlDecoder().decode(jws.substring(dot + 1));
        byte[] s = ((ECPublicKey) EC.getPublic())
                .getParams()
                .getOrder()
                .subtract(new BigInteger(1, signature, 32, 32))
                .toByteArray();
        for (int i = 0; i < 32; i++) {
            int from = s.length - 32 + i;
            signature[32 + i] = from < 0 ? 0 : s[from];
        }
        return jws.substring(0, dot + 1)
                + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    @ParameterizedTest(name = NAMES)
    @ValueSource(strings = {"none", "HS256", "ES384", "RS256", ""})
    @DisplayName("RFC 7523, 3, 9: it is signed, by an algorithm that is pinned to the key")
    void theAlgorithm(String algorithm) {
        Assertion other = usual().header("alg", algorithm);
        assertRefused(grant(other.signed(SECRET.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
        assertRefused(grant(other.input() + "."));
        assertRefused(grant(Assertion.signed(other.input(), "ES256", EC.getPrivate())));
    }

    @Test
    @DisplayName("RFC 7523, 3, 9: the signature is by a key of that issuer, whatever the header brings")
    void theKey() {
        assertRefused(grant(usual().signed(OTHER)));
        assertRefused(grant(of(MIRROR, "ada").signed(EC)));
        assertRefused(grant(usual().header("kid", "rsa").signed(EC)));
        for (String name : List.of("jwk", "jku", "x5c", "x5u", "crit", "b64", "zip")) {
            assertRefused(
                    grant(usual().header(name, Assertion.jwk(OTHER, "other")).signed(OTHER)));
            assertRefused(grant(usual().header(name, new JsonArray().add("exp")).signed(EC)));
        }
        assertRefused(grant(of(MAILER, "ada@example.org").header("alg", "EdDSA").signed(EDWARDS)));
    }

    @ParameterizedTest(name = NAMES)
    @ValueSource(strings = {"at+jwt", "dpop+jwt", "client-authentication+jwt", "logout+jwt", "oauth-authz-req+jwt"})
    @DisplayName("RFC 8725, 3.11: another kind of JWT is no assertion")
    void anotherType(String type) {
        assertRefused(grant(usual().header("typ", type).signed(EC)));
    }

    @ParameterizedTest(name = NAMES)
    @ValueSource(strings = {"x", "a.b.c", "..", "e30.e30.e30", "e30.e30.e30.e30"})
    @DisplayName("RFC 7523, 3, 10: what is no valid JWT is refused")
    void malformed(String assertion) {
        assertRefused(grant(assertion));
        assertRefused(grant("e30." + "A".repeat(9000) + ".AA"));
    }

    @Test
    @DisplayName("RFC 7523, 3.1: a client that may not use the grant, or this issuer's assertions, gets nothing")
    void theClient() {
        assertThat(grantTo("strict", usual().signed(EC)).error()).isEqualTo("400 unauthorized_client");
        assertRefused(grantTo("unlisted", usual().signed(EC)));
        assertRefused(grant(usual().with("client_id", "spa").signed(EC)));
        claims(grant(usual().with("client_id", "app").signed(EC)));
        assertThat(caller.post("/oauth2/token", Caller.basic("app", "wrong"), pairs(usual().signed(EC)))
                        .error())
                .isEqualTo("401 invalid_client");
        claims(caller.post("/oauth2/token", null, pairs(usual().signed(EC), "client_id", "spa")));
    }

    @Test
    @DisplayName(
            "RFC 7523, 3.1: before the signature is right, an assertion is refused with the same words for any reason")
    void oneRefusal() {
        String unsigned = grant(usual().signed(OTHER)).body();
        assertThat(grant(of("https://stranger.example.org", "ada").signed(EC)).body())
                .isEqualTo(unsigned);
        assertThat(grantTo("unlisted", usual().signed(EC)).body()).isEqualTo(unsigned);
        assertThat(grant("x").body()).isEqualTo(unsigned);
    }
}
