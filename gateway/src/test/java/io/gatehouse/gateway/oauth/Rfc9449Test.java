package io.gatehouse.gateway.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Issuer;
import io.gatehouse.common.message.OneTimeValues;
import io.gatehouse.gateway.http.RawReply;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9449, section 4.3: what a proof must be, at the token endpoint. */
class Rfc9449Test extends DpopCase {
    private static final RSAKey RSA = Tokens.rsaKey("rsa", JWSAlgorithm.RS256);

    private static ProofText proof() {
        return ProofText.forToken(KEY);
    }

    static Stream<JWK> keys() {
        return Stream.of(KEY, RSA, Tokens.rsaKey("pss", JWSAlgorithm.PS256), EdwardsKeys.key("ed"));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aGoodProofBindsTheTokenToItsKey(JWK key) {
        RawReply reply = token(ProofText.forToken(key).sign());

        assertGiven(reply);
        assertThat(reply.json().getString("token_type")).isEqualTo("DPoP");
        assertThat(gateway.node.askedOnce(Issuer.Issue.class).terms().confirmation())
                .isEqualTo(ProofText.thumbprint(key));
        OneTimeValues.Spend spend = gateway.node.askedOnce(OneTimeValues.Spend.class);
        assertThat(spend.kind()).isEqualTo(OneTimeValues.Kind.DPOP_PROOF);
        assertThat(spend.owner()).isEqualTo(ProofText.thumbprint(key));
        assertThat(spend.since()).isBefore(TestClock.START);
        assertThat(spend.until()).isAfter(TestClock.START.plusSeconds(60));
    }

    @Test
    void withoutAProofTheTokenIsABearerToken() {
        RawReply reply = gateway.postForm("/oauth2/token", "grant_type=client_credentials&scope=api", basic());

        assertThat(reply.json().getString("token_type")).isEqualTo("Bearer");
        assertThat(gateway.node.askedOnce(Issuer.Issue.class).terms()).isNull();
        assertThat(gateway.node.asked(OneTimeValues.Spend.class)).isEmpty();
    }

    @Test
    void check1_thereMustNotBeTwoHeaders() {
        RawReply reply = token(proof().sign(), "DPoP: " + proof().sign());

        assertThat(reply.status()).isEqualTo(400);
        assertThat(gateway.node.asked(Issuer.Issue.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a.b", "a.b.c", "a.b.c.d", "e30.e30.", "e30.e30.AA", "..", "e30=.e30.AA"})
    void check2_itMustBeOneWellFormedJwt(String text) {
        assertRefused(token(text));
    }

    @Test
    void check2_itMustBeInTheOneSpellingOfItsBytes() {
        String right = proof().sign();
        String[] parts = right.split("\\.");
        // 64 bytes: the last character holds four bits that stand for nothing
        char last = right.charAt(right.length() - 1);
        assertRefused(token(right.substring(0, right.length() - 1) + (char) (last + 1)));
        assertRefused(token(right + "="));
        assertRefused(token(parts[0] + "." + parts[1] + "=." + parts[2]));
        assertRefused(token(right + "A".repeat(4096)));
    }

    @Test
    void check2_noMemberMayStandTwice() {
        ProofText proof = proof();
        assertRefused(token(proof.sign(proof.head(), proof.payload().replace("{", "{\"htm\":\"GET\","))));
        assertRefused(token(proof.sign(proof.head().replaceFirst("\\{", "{\"typ\":\"x\","), proof.payload())));
        assertRefused(token(proof.sign(proof.head(), proof.payload() + " {}")));
        assertRefused(token(proof.sign(proof.head(), "[]")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jti", "htm", "htu", "iat"})
    void check3_allRequiredClaimsMustBeThereAndOfTheirType(String claim) {
        assertRefused(token(proof().claim(claim, null).sign()));
        assertRefused(token(proof().claim(claim, Map.of("a", 1)).sign()));
        assertRefused(token(proof().claim(claim, "").sign()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "at+jwt", "application/dpop+jwt", ""})
    void check4_typMustBeDpopJwt(String typ) {
        assertRefused(token(proof().header("typ", typ).sign()));
        assertRefused(token(proof().header("typ", null).sign()));
    }

    @Test
    void extensionsMustBeUnderstood() {
        assertRefused(
                token(proof().header("crit", List.of("exp")).header("exp", 1).sign()));
        assertRefused(token(proof().header("crit", List.of()).sign()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "post", "Post", "PUT"})
    void check8_htmMustBeTheMethod(String method) {
        assertRefused(token(proof().claim("htm", method).sign()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTPS://LOGIN.example.ORG/oauth2/token",
                "https://login.example.org:443/oauth2/token",
                "https://login.example.org/oauth2/./token",
                "https://login.example.org/%6Fauth2/token"
            })
    void check9_htuIsComparedNormalized(String uri) {
        assertGiven(token(proof().claim("htu", uri).sign()));
    }

    /** The last two are where the request says it goes: the header Host of whoever sends it counts for nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://login.example.org/oauth2/userinfo",
                "https://login.example.org/oauth2/token/",
                "https://login.example.org/OAUTH2/token",
                "https://login.example.org/oauth2%2Ftoken",
                "https://login.example.org/t/shop/oauth2/token",
                "https://login.example.org/oauth2/token?a=b",
                "https://login.example.org/oauth2/token#a",
                "https://user@login.example.org/oauth2/token",
                "http://login.example.org/oauth2/token",
                "https://login.example.org:8443/oauth2/token",
                "https://other.example.org/oauth2/token",
                "/oauth2/token",
                "https:/oauth2/token",
                "not a URL",
                "http://a/oauth2/token",
                "https://a/oauth2/token"
            })
    void check9_htuMustBeTheEndpointOfTheIssuer(String uri) {
        assertRefused(token(proof().claim("htu", uri).sign()));
    }

    @Test
    void check9_eachTenantHasEndpointsOfItsOwn() {
        TestNode node = gateway.node;
        DpopProofs proofs = new DpopProofs(
                node.bus,
                new DpopNonces(new DailyKeys(node.bus, node.clock), node.clock),
                node.clock,
                TestNode.ISSUER,
                false);
        String uri = TestNode.ISSUER + "/t/shop/oauth2/token";
        ShownProof shown = new ShownProof(proof().claim("htu", uri).sign(), "POST", "/oauth2/token");

        OAuthError elsewhere = TestNode.refusal(proofs.verify("main", shown, null));
        assertThat(((OAuthError.Protocol) elsewhere).code()).isEqualTo(Code.INVALID_DPOP_PROOF);
        assertThat(TestNode.await(proofs.verify("shop", shown, null))).isEqualTo(ProofText.thumbprint(KEY));
        assertThat(node.askedOnce(OneTimeValues.Spend.class).tenant()).isEqualTo("shop");
    }

    @Test
    void whatCannotBeRememberedDoesNotCount() {
        gateway.node.failing(OneTimeValues.Spend.class, new OAuthError.Unavailable("store"));

        assertThat(token(proof().sign()).status()).isEqualTo(503);
        assertThat(gateway.node.asked(Issuer.Issue.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {-60, -59, 0, 10})
    void check11_iatMayBeAMinuteAgoOrAFewSecondsAhead(long seconds) {
        assertGiven(token(
                proof().claim("iat", TestClock.START.getEpochSecond() + seconds).sign()));
    }

    @ParameterizedTest
    @ValueSource(longs = {-3600, -61, 11, 3600, Long.MAX_VALUE / 2, Long.MIN_VALUE / 2})
    void check11_iatMustBeOfNow(long seconds) {
        assertRefused(token(
                proof().claim("iat", TestClock.START.getEpochSecond() + seconds).sign()));
    }

    @Test
    void section11_1_aProofCountsOnce() {
        String proof = proof().sign();
        assertGiven(token(proof));

        RawReply again = token(proof);
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.json().getString("error")).isEqualTo("invalid_dpop_proof");
        assertThat(gateway.node.asked(Issuer.Issue.class)).hasSize(1);
        assertGiven(token(proof().sign()));
    }

    @Test
    void section11_1_jtiIsBounded() {
        assertGiven(token(proof().claim("jti", "j".repeat(128)).sign()));
        RawReply longer = token(proof().claim("jti", "j".repeat(129)).sign());
        assertThat(longer.json().getString("error")).isEqualTo("invalid_dpop_proof");
    }
}
