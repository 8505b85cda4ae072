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
import org.junit.jupiter.api.DisplayName;
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
    @DisplayName("RFC 9449, 5: a good proof binds the token to its key")
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

    /** What is remembered of a header is its key, and never that a signature was right. */
    @Test
    void aKeyThatIsKnownVouchesForNothing() {
        String first = proof().sign();
        String second = proof().sign();
        assertGiven(token(first));
        String mixed = second.substring(0, second.lastIndexOf('.')) + first.substring(first.lastIndexOf('.'));

        assertThat(token(mixed).json().getString("error")).isEqualTo("invalid_dpop_proof");
        assertGiven(token(second));
    }

    @Test
    @DisplayName("RFC 9449, 5: without a proof the token is a bearer token")
    void withoutAProofTheTokenIsABearerToken() {
        RawReply reply = gateway.postForm("/oauth2/token", "grant_type=client_credentials&scope=api", basic());

        assertThat(reply.json().getString("token_type")).isEqualTo("Bearer");
        assertThat(gateway.node.askedOnce(Issuer.Issue.class).terms()).isNull();
        assertThat(gateway.node.asked(OneTimeValues.Spend.class)).isEmpty();
    }

    @Test
    @DisplayName("RFC 9449, 4.3: there must not be two headers")
    void thereMustNotBeTwoHeaders() {
        RawReply reply = token(proof().sign(), "DPoP: " + proof().sign());

        assertThat(reply.status()).isEqualTo(400);
        assertThat(gateway.node.asked(Issuer.Issue.class)).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("RFC 9449, 4.3: it must be one well formed JWT")
    @ValueSource(strings = {"", "x", "a.b", "a.b.c", "a.b.c.d", "e30.e30.", "e30.e30.AA", "..", "e30=.e30.AA"})
    void itMustBeOneWellFormedJwt(String text) {
        assertRefused(token(text));
    }

    @Test
    @DisplayName("RFC 9449, 4.3: it must be in the one spelling of its bytes")
    void itMustBeInTheOneSpellingOfItsBytes() {
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
    @DisplayName("RFC 9449, 4.3: no member may stand twice")
    void noMemberMayStandTwice() {
        ProofText proof = proof();
        assertRefused(token(proof.sign(proof.head(), proof.payload().replace("{", "{\"htm\":\"GET\","))));
        assertRefused(token(proof.sign(proof.head().replaceFirst("\\{", "{\"typ\":\"x\","), proof.payload())));
        assertRefused(token(proof.sign(proof.head(), proof.payload() + " {}")));
        assertRefused(token(proof.sign(proof.head(), "[]")));
    }

    @ParameterizedTest
    @DisplayName("RFC 9449, 4.3: all required claims must be there and of their type")
    @ValueSource(strings = {"jti", "htm", "htu", "iat"})
    void allRequiredClaimsMustBeThereAndOfTheirType(String claim) {
        assertRefused(token(proof().claim(claim, null).sign()));
        assertRefused(token(proof().claim(claim, Map.of("a", 1)).sign()));
        assertRefused(token(proof().claim(claim, "").sign()));
    }

    @ParameterizedTest
    @DisplayName("RFC 9449, 4.3: typ must be dpop+jwt")
    @ValueSource(strings = {"JWT", "at+jwt", "application/dpop+jwt", ""})
    void typMustBeDpopJwt(String typ) {
        assertRefused(token(proof().header("typ", typ).sign()));
        assertRefused(token(proof().header("typ", null).sign()));
    }

    @Test
    @DisplayName("RFC 9449, 4.3: extensions must be understood")
    void extensionsMustBeUnderstood() {
        assertRefused(
                token(proof().header("crit", List.of("exp")).header("exp", 1).sign()));
        assertRefused(token(proof().header("crit", List.of()).sign()));
    }

    @ParameterizedTest
    @DisplayName("RFC 9449, 4.3: htm must be the method")
    @ValueSource(strings = {"GET", "post", "Post", "PUT"})
    void htmMustBeTheMethod(String method) {
        assertRefused(token(proof().claim("htm", method).sign()));
    }

    @ParameterizedTest
    @DisplayName("RFC 9449, 4.3: htu is compared normalized")
    @ValueSource(
            strings = {
                "HTTPS://LOGIN.example.ORG/oauth2/token",
                "https://login.example.org:443/oauth2/token",
                "https://login.example.org/oauth2/./token",
                "https://login.example.org/%6Fauth2/token"
            })
    void htuIsComparedNormalized(String uri) {
        assertGiven(token(proof().claim("htu", uri).sign()));
    }

    /** The last two are where the request says it goes: the header Host of whoever sends it counts for nothing. */
    @ParameterizedTest
    @DisplayName("RFC 9449, 4.3: htu must be the endpoint of the issuer")
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
    void htuMustBeTheEndpointOfTheIssuer(String uri) {
        assertRefused(token(proof().claim("htu", uri).sign()));
    }

    @Test
    @DisplayName("RFC 9449, 4.3: each tenant has endpoints of its own")
    void eachTenantHasEndpointsOfItsOwn() {
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
    @DisplayName("RFC 9449, 11.1: what cannot be remembered does not count")
    void whatCannotBeRememberedDoesNotCount() {
        gateway.node.failing(OneTimeValues.Spend.class, new OAuthError.Unavailable("store"));

        assertThat(token(proof().sign()).status()).isEqualTo(503);
        assertThat(gateway.node.asked(Issuer.Issue.class)).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("RFC 9449, 4.3: iat may be a minute ago or a few seconds ahead")
    @ValueSource(longs = {-60, -59, 0, 10})
    void iatMayBeAMinuteAgoOrAFewSecondsAhead(long seconds) {
        assertGiven(token(
                proof().claim("iat", TestClock.START.getEpochSecond() + seconds).sign()));
    }

    @ParameterizedTest
    @DisplayName("RFC 9449, 4.3: iat must be of now")
    @ValueSource(longs = {-3600, -61, 11, 3600, Long.MAX_VALUE / 2, Long.MIN_VALUE / 2})
    void iatMustBeOfNow(long seconds) {
        assertRefused(token(
                proof().claim("iat", TestClock.START.getEpochSecond() + seconds).sign()));
    }

    @Test
    @DisplayName("RFC 9449, 11.1: a proof counts once")
    void aProofCountsOnce() {
        String proof = proof().sign();
        assertGiven(token(proof));

        RawReply again = token(proof);
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.json().getString("error")).isEqualTo("invalid_dpop_proof");
        assertThat(gateway.node.asked(Issuer.Issue.class)).hasSize(1);
        assertGiven(token(proof().sign()));
    }

    @Test
    @DisplayName("RFC 9449, 11.1: jti is bounded")
    void jtiIsBounded() {
        assertGiven(token(proof().claim("jti", "j".repeat(128)).sign()));
        RawReply longer = token(proof().claim("jti", "j".repeat(129)).sign());
        assertThat(longer.json().getString("error")).isEqualTo("invalid_dpop_proof");
    }
}
