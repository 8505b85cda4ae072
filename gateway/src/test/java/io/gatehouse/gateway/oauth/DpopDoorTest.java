package io.gatehouse.gateway.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import io.gatehouse.common.message.OneTimeValues;
import io.gatehouse.common.message.UpstreamAssertions;
import io.gatehouse.gateway.http.RawReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9449, section 7, for services behind the door: the proof is for the request as its sender made it. */
class DpopDoorTest extends DpopCase {
    private static final String SECRET = "hop-secret-0123456789abcdef0123456789";
    private static final String CART = "https://shop.example.org/cart";

    DpopDoorTest() {
        super("""
                forward_auth: {secret: %s}
                routes:
                  - {id: scoped, match: {host: shop.example.org, path: /scoped}, demand: bearer, scope: [admin]}
                  - {id: shop, match: {host: shop.example.org}, demand: bearer}
                """.formatted(SECRET));
    }

    private static ProofText proof(ECKey key, String token) {
        return ProofText.forUserinfo(key, token).claim("htu", CART);
    }

    private RawReply ask(String target, String... headers) {
        List<String> all = new ArrayList<>(List.of(
                "X-Gatehouse-Hop: " + SECRET,
                "X-Forwarded-Method: GET",
                "X-Forwarded-Host: shop.example.org",
                "X-Forwarded-Uri: " + target));
        all.addAll(List.of(headers));
        return gateway.get("/forward-auth", all.toArray(String[]::new));
    }

    private RawReply shown(String target, String token, ProofText proof) {
        return ask(target, "Authorization: DPoP " + token, "DPoP: " + proof.sign());
    }

    private static void assertRefusedAs(String error, RawReply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(401);
        assertThat(reply.json().getString("error")).isEqualTo(error);
        assertThat(reply.header("www-authenticate")).contains("error=\"" + error + "\"");
        assertThat(reply.has("x-gatehouse-subject")).isFalse();
    }

    @Test
    void aBoundTokenWithItsProofGoesOn() {
        String token = accessToken(KEY);
        RawReply reply = shown("/cart?page=2", token, proof(KEY, token));
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.header("x-gatehouse-subject")).isEqualTo(Tokens.SUBJECT);
        assertThat(reply.header("x-gatehouse-assertion")).isEqualTo("assertion.for.shop");
    }

    @Test
    void aProofCountsOnce() {
        String token = accessToken(KEY);
        ProofText proof = proof(KEY, token);
        assertThat(shown("/cart", token, proof).status()).isEqualTo(200);
        assertRefusedAs("invalid_dpop_proof", shown("/cart", token, proof));
        assertThat(shown("/cart", token, proof(KEY, token)).status()).isEqualTo(200);
        assertThat(gateway.node.asked(OneTimeValues.Spend.class)).hasSize(3);
    }

    @Test
    void aBoundTokenIsNoBearerToken() {
        String token = accessToken(KEY);
        RawReply reply = ask(
                "/cart",
                "Authorization: Bearer " + token,
                "DPoP: " + proof(KEY, token).sign());
        assertRefusedAs("invalid_token", reply);
        assertThat(reply.json().getString("error_description")).contains("DPoP");
        assertRefusedAs("invalid_token", ask("/cart", "Authorization: Bearer " + token));
        assertThat(gateway.node.asked(UpstreamAssertions.Mint.class)).isEmpty();
    }

    @Test
    void aTokenThatIsBoundToNoKeyNeedsNone() {
        String token = accessToken(null);
        assertRefusedAs("invalid_token", shown("/cart", token, proof(KEY, token)));
    }

    @Test
    void withoutTheRightProofItOpensNothing() {
        String token = accessToken(KEY);
        assertRefusedAs("invalid_dpop_proof", ask("/cart", "Authorization: DPoP " + token));
        assertRefusedAs("invalid_dpop_proof", shown("/cart", token, proof(OTHER, token)));
        assertRefusedAs("invalid_dpop_proof", shown("/cart", token, proof(KEY, token + "x")));
        assertRefusedAs(
                "invalid_dpop_proof", shown("/cart", token, proof(KEY, token).claim("htm", "POST")));
        assertRefusedAs(
                "invalid_dpop_proof", shown("/cart", token, proof(KEY, token).claim("ath", null)));
        gateway.node.clock.pass(Duration.ofMinutes(2));
        assertRefusedAs("invalid_dpop_proof", shown("/cart", token, proof(KEY, token)));
        assertThat(gateway.node.asked(OneTimeValues.Spend.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://shop.example.org/",
                "https://shop.example.org/cart/",
                "https://shop.example.org/Cart",
                "https://shop.example.org/x/../cart",
                "https://shop.example.org/cart?page=2",
                "https://shop.example.org/cart#x",
                "https://shop.example.org:8443/cart",
                "https://x@shop.example.org/cart",
                "https://other.example.org/cart",
                "http://shop.example.org/cart",
                "https://login.example.org/forward-auth",
                "https://login.example.org/cart",
                "http://a/forward-auth",
                "shop.example.org/cart",
                "/cart",
                "",
                "not a url",
            })
    void aProofForAnotherUrlOpensNothing(String uri) {
        String token = accessToken(KEY);
        assertRefusedAs(
                "invalid_dpop_proof", shown("/cart", token, proof(KEY, token).claim("htu", uri)));
    }

    /** As the service would read them, they are one. */
    @ParameterizedTest
    @CsvSource({
        "/cart, HTTPS://SHOP.example.org:443/cart",
        "/cart, https://shop.example.org/%63art",
        "/caf%C3%A9, https://shop.example.org/caf%c3%a9",
        "/a@b, https://shop.example.org/a%40b",
        "/a%20b, https://shop.example.org/a%20b",
        "/, https://shop.example.org",
        "/cart?x=1, https://shop.example.org/cart",
    })
    void aUrlIsReadAsRequestsAre(String target, String uri) {
        String token = accessToken(KEY);
        RawReply reply = shown(target, token, proof(KEY, token).claim("htu", uri));
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "http, http, 200",
        "http, https, 401",
        "https, https, 200",
        "https, http, 401",
        "wss, https, 200",
        "ws, http, 200",
        "x, https, 401"
    })
    void theProxySaysByWhichSchemeTheRequestCame(String said, String scheme, int status) {
        String token = accessToken(KEY);
        ProofText proof = proof(KEY, token).claim("htu", scheme + "://shop.example.org/cart");
        RawReply reply =
                ask("/cart", "Authorization: DPoP " + token, "DPoP: " + proof.sign(), "X-Forwarded-Proto: " + said);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    }

    @Test
    void whatLacksAScopeIsToldSoInItsScheme() {
        String token = accessToken(KEY);
        ProofText proof = proof(KEY, token).claim("htu", "https://shop.example.org/scoped");
        RawReply reply = shown("/scoped", token, proof);
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.header("www-authenticate"))
                .startsWith("DPoP realm=\"gatehouse\", error=\"insufficient_scope\"")
                .endsWith(", scope=\"admin\"");
    }

    @Test
    void withoutATokenBothWaysAreTold() {
        RawReply reply = ask("/scoped");
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.headers().get("www-authenticate"))
                .containsExactly(
                        "Bearer realm=\"gatehouse\", scope=\"admin\"",
                        "DPoP realm=\"gatehouse\", algs=\"ES256 RS256 PS256 EdDSA\", scope=\"admin\"");
    }

    /** The certificate of this connection would be the proxy's. */
    @Test
    void aTokenOfACertificateIsRefusedFromAProxy() {
        Map<String, Object> claims = Tokens.claims();
        claims.put("cnf", Map.of("x5t#S256", "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"));
        String token = Tokens.signed(claims);
        assertRefusedAs("invalid_token", ask("/cart", "Authorization: Bearer " + token));
        assertRefusedAs("invalid_token", shown("/cart", token, proof(KEY, token)));
    }
}
