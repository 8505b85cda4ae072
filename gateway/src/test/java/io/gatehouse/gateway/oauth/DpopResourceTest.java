package io.gatehouse.gateway.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.message.IdTokens;
import io.gatehouse.common.message.OneTimeValues;
import io.gatehouse.common.message.Revocations;
import io.gatehouse.gateway.http.RawReply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** RFC 9449, section 7: access tokens that are bound to a key, wherever one can be shown. */
class DpopResourceTest extends DpopCase {
    private final String bound = accessToken(KEY);

    private static ProofText proof(String accessToken) {
        return ProofText.forUserinfo(KEY, accessToken);
    }

    private RawReply shown(ProofText proof) {
        return userinfo("DPoP", bound, "DPoP: " + proof.sign());
    }

    @Test
    void aBoundTokenIsShownWithAProofOfItsKey() {
        RawReply reply = shown(proof(bound));

        assertGiven(reply);
        assertThat(reply.json().getString("sub")).isEqualTo(Tokens.SUBJECT);
        assertGiven(userinfo("dpop", bound, "DPoP: " + proof(bound).sign()));
        assertGiven(gateway.post(
                "/oauth2/userinfo",
                "Authorization: DPoP " + bound,
                "DPoP: " + proof(bound).claim("htm", "POST").sign()));
    }

    /** Section 7.2: a stolen one is worth nothing. */
    @Test
    void aBoundTokenIsNoBearerToken() {
        RawReply reply = userinfo("Bearer", bound);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("www-authenticate")).startsWith("Bearer ").contains("error=\"invalid_token\"");

        assertThat(userinfo("Bearer", bound, "DPoP: " + proof(bound).sign()).status())
                .isEqualTo(401);
        assertThat(gateway.postForm("/oauth2/userinfo", "access_token=" + bound).status())
                .isEqualTo(401);
        assertThat(gateway.postForm(
                                "/oauth2/userinfo",
                                "access_token=" + bound,
                                "DPoP: " + proof(bound).claim("htm", "POST").sign())
                        .status())
                .isEqualTo(401);
        assertThat(gateway.get("/auth/me", "Authorization: Bearer " + bound).status())
                .isEqualTo(401);
        assertThat(gateway.node.asked(OneTimeValues.Spend.class)).isEmpty();
    }

    @Test
    void aTokenThatIsBoundInAnotherWayIsNoneOfOurs() {
        for (Object cnf : List.of(Map.of("x5t#S256", "a"), Map.of(), "text", Map.of("jkt", 1))) {
            Map<String, Object> claims = Tokens.claims("cnf", cnf);
            assertThat(userinfo("Bearer", Tokens.signed(claims)).status()).isEqualTo(401);
        }
    }

    @Test
    void aBearerTokenIsNoBoundOne() {
        String bearer = accessToken(null);

        assertChallenged(userinfo("DPoP", bearer, "DPoP: " + proof(bearer).sign()), "invalid_token");
        assertGiven(userinfo("Bearer", bearer));
    }

    @Test
    void withoutAProofOrWithAnotherKeyItIsRefused() {
        assertChallenged(userinfo("DPoP", bound), "invalid_dpop_proof");
        assertChallenged(
                userinfo(
                        "DPoP",
                        bound,
                        "DPoP: " + ProofText.forUserinfo(OTHER, bound).sign()),
                "invalid_dpop_proof");
        assertThat(gateway.node.asked(OneTimeValues.Spend.class)).isEmpty();
    }

    @Test
    void check10_athMustBeTheHashOfTheToken() {
        assertChallenged(shown(proof(bound).claim("ath", null)), "invalid_dpop_proof");
        assertChallenged(shown(proof(accessToken(null))), "invalid_dpop_proof");
        assertChallenged(shown(proof(bound).claim("ath", 7)), "invalid_dpop_proof");
    }

    @Test
    void aProofForAnotherEndpointOrMethodIsRefused() {
        assertChallenged(shown(ProofText.forToken(KEY)), "invalid_dpop_proof");
        assertChallenged(shown(proof(bound).claim("htm", "POST")), "invalid_dpop_proof");
    }

    @Test
    void aProofCountsOnce() {
        String proof = proof(bound).sign();
        assertGiven(userinfo("DPoP", bound, "DPoP: " + proof));
        assertChallenged(userinfo("DPoP", bound, "DPoP: " + proof), "invalid_dpop_proof");
    }

    @Test
    void theTokenComesOnce() {
        RawReply reply = gateway.postForm(
                "/oauth2/userinfo",
                "access_token=" + bound,
                "Authorization: DPoP " + bound,
                "DPoP: " + proof(bound).claim("htm", "POST").sign());

        assertThat(reply.status()).isEqualTo(400);
    }

    /** Section 6.2: whoever introspects shows no token of its own. */
    @Test
    void introspectionTellsTheKey() {
        RawReply reply = gateway.postForm("/oauth2/introspect", "token=" + bound, basic());

        assertThat(reply.json().getBoolean("active")).isTrue();
        assertThat(reply.json().getString("token_type")).isEqualTo("DPoP");
        assertThat(reply.json().getJsonObject("cnf").getString("jkt")).isEqualTo(ProofText.thumbprint(KEY));
        assertThat(gateway.postForm("/oauth2/introspect", "token=" + accessToken(null), basic())
                        .json()
                        .getMap())
                .containsEntry("token_type", "Bearer")
                .doesNotContainKey("cnf");
    }

    @Test
    void revocationNeedsNoProof() {
        gateway.node.on(Revocations.DenyToken.class, deny -> new Revocations.Denied(List.of()));

        assertGiven(gateway.postForm("/oauth2/revoke", "token=" + bound, basic()));
        assertThat(gateway.node.asked(Revocations.DenyToken.class)).hasSize(1);
    }

    @Test
    void unboundTokensCostNoFurtherMessage() {
        assertGiven(userinfo("Bearer", accessToken(null)));

        assertThat(gateway.node.asked(OneTimeValues.Spend.class)).isEmpty();
        assertThat(gateway.node.asked(IdTokens.SignUserinfo.class)).isEmpty();
    }

    @Test
    void scriptsOfAnySiteMaySendProofsAndReadNonces() {
        RawReply preflight = gateway.exchange(
                "OPTIONS",
                "/oauth2/token",
                null,
                "Origin: https://app.example.org",
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: dpop");
        assertThat(preflight.header("access-control-allow-headers")).contains("DPoP");
        assertThat(userinfo("DPoP", bound).header("access-control-expose-headers"))
                .contains("DPoP-Nonce")
                .contains("WWW-Authenticate");
    }
}
