package io.gatehouse.gateway.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.message.Issuer;
import io.gatehouse.common.message.OneTimeValues;
import io.gatehouse.common.message.PageKeys;
import io.gatehouse.common.message.PushedRequests;
import io.gatehouse.gateway.http.RawReply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9449, sections 8 and 9: nonces of the server, demanded. */
class DpopNonceTest extends DpopCase {
    DpopNonceTest() {
        super("tokens: {dpop_nonce: required}\n");
    }

    private ProofText proof() {
        return ProofText.forToken(KEY).claim("iat", gateway.node.clock.instant().getEpochSecond());
    }

    /** A nonce from the answer to a proof without one. */
    private String demanded() {
        RawReply reply = token(proof().sign());
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().getString("error")).isEqualTo("use_dpop_nonce");
        assertThat(reply.header("cache-control")).isEqualTo("no-store");
        return reply.header("dpop-nonce");
    }

    @Test
    void theClientTriesAgainWithTheNonceItWasGiven() {
        String nonce = demanded();
        assertThat(nonce).matches("[A-Za-z0-9_-]+");
        assertThat(gateway.node.asked(Issuer.Issue.class)).isEmpty();
        assertThat(gateway.node.asked(OneTimeValues.Spend.class)).isEmpty();

        assertGiven(token(proof().claim("nonce", nonce).sign()));
        assertGiven(token(proof().claim("nonce", nonce).sign()));
        assertThat(gateway.node.asked(PageKeys.Get.class)).hasSize(1);
    }

    @Test
    void theSameWhereARequestIsPushed() {
        client = CodeClient.named("web").build();
        gateway.node.on(PushedRequests.Push.class, push -> new PushedRequests.Pushed(push.expiresAt()));
        RawReply reply = push(proof());
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().getString("error")).isEqualTo("use_dpop_nonce");
        assertThat(gateway.node.asked(PushedRequests.Push.class)).isEmpty();

        assertThat(push(proof().claim("nonce", reply.header("dpop-nonce"))).status())
                .isEqualTo(201);
    }

    private RawReply push(ProofText proof) {
        return gateway.postForm(
                "/oauth2/par",
                "response_type=code&code_challenge_method=S256&code_challenge=" + ProofText.thumbprint(KEY)
                        + "&redirect_uri=" + URLEncoder.encode(CodeClient.REDIRECT_URI, StandardCharsets.UTF_8),
                basic(),
                "DPoP: " + proof.claim("htu", TestNode.ISSUER + "/oauth2/par").sign());
    }

    @Test
    void theSameAtAResource() {
        String bound = accessToken(KEY);
        RawReply reply = userinfo(
                "DPoP", bound, "DPoP: " + ProofText.forUserinfo(KEY, bound).sign());
        assertChallenged(reply, "use_dpop_nonce");

        String nonce = reply.header("dpop-nonce");
        assertGiven(userinfo(
                "DPoP",
                bound,
                "DPoP: "
                        + ProofText.forUserinfo(KEY, bound)
                                .claim("nonce", nonce)
                                .sign()));
    }

    @Test
    void afterFiveMinutesAFreshOneIsWanted() {
        String nonce = demanded();
        gateway.node.clock.pass(Duration.ofSeconds(299));
        assertGiven(token(proof().claim("nonce", nonce).sign()));
        gateway.node.clock.pass(Duration.ofSeconds(1));

        RawReply late = token(proof().claim("nonce", nonce).sign());
        assertThat(late.json().getString("error")).isEqualTo("use_dpop_nonce");
        assertGiven(token(proof().claim("nonce", late.header("dpop-nonce")).sign()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="})
    void aNonceOfSomebodyElseIsAnsweredWithOneOfOurs(String nonce) {
        RawReply reply = token(proof().claim("nonce", nonce).sign());

        assertThat(reply.json().getString("error")).isEqualTo("use_dpop_nonce");
        assertThat(reply.has("dpop-nonce")).isTrue();
    }

    @Test
    void aNonceThatWasChangedOrIsAnotherTenantsIsNone() {
        String nonce = demanded();
        char first = nonce.charAt(10);
        String changed = nonce.substring(0, 10) + (first == 'A' ? 'B' : 'A') + nonce.substring(11);
        assertThat(token(proof().claim("nonce", changed).sign()).json().getString("error"))
                .isEqualTo("use_dpop_nonce");

        DpopNonces nonces = new DpopNonces(new DailyKeys(gateway.node.bus, gateway.node.clock), gateway.node.clock);
        assertThat(TestNode.await(nonces.isCurrent("main", nonce))).isTrue();
        assertThat(TestNode.await(nonces.isCurrent("shop", nonce))).isFalse();
    }

    @Test
    void withoutAProofNoNonceIsWanted() {
        assertGiven(gateway.postForm("/oauth2/token", "grant_type=client_credentials&scope=api", basic()));
    }
}
