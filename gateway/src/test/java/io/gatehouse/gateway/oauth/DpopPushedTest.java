package io.gatehouse.gateway.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.message.OneTimeValues;
import io.gatehouse.common.message.PushedRequests;
import io.gatehouse.gateway.http.RawReply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 9449, section 10.1: a pushed request whose proof names the key of its code. */
class DpopPushedTest extends DpopCase {
    private static final String PATH = "/oauth2/par";
    private static final String THUMBPRINT = ProofText.thumbprint(KEY);

    @BeforeEach
    void keepsAll() {
        client = CodeClient.named("web").build();
        gateway.node.on(PushedRequests.Push.class, push -> new PushedRequests.Pushed(push.expiresAt()));
    }

    private static ProofText proof() {
        return ProofText.forToken(KEY).claim("htu", TestNode.ISSUER + PATH);
    }

    private static String form(String more) {
        return "response_type=code&scope=openid&code_challenge_method=S256&code_challenge=" + THUMBPRINT
                + "&redirect_uri=" + URLEncoder.encode(CodeClient.REDIRECT_URI, StandardCharsets.UTF_8) + more;
    }

    private RawReply push(ProofText proof, String more) {
        return gateway.postForm(PATH, form(more), basic(), "DPoP: " + proof.sign());
    }

    /** What is kept, by its only name for a key. */
    private String kept() {
        return Parameters.ofForm(
                        gateway.node.askedOnce(PushedRequests.Push.class).form())
                .get("dpop_jkt");
    }

    private void assertRefused(RawReply reply, String error) {
        assertThat(reply.json().getString("error")).as(reply.toString()).isEqualTo(error);
        assertThat(gateway.node.asked(PushedRequests.Push.class)).isEmpty();
    }

    @Test
    void theProofsKeyIsKeptAsTheOneOfTheCode() {
        assertThat(push(proof(), "").status()).isEqualTo(201);
        assertThat(kept()).isEqualTo(THUMBPRINT);
        assertThat(gateway.node.askedOnce(OneTimeValues.Spend.class).owner()).isEqualTo(THUMBPRINT);
    }

    @Test
    void theParameterMaySayTheSame() {
        assertThat(push(proof(), "&dpop_jkt=" + THUMBPRINT).status()).isEqualTo(201);
        assertThat(kept()).isEqualTo(THUMBPRINT);
    }

    @Test
    void anEmptyParameterSaysNothing() {
        assertThat(push(proof(), "&dpop_jkt=").status()).isEqualTo(201);
        assertThat(kept()).isEqualTo(THUMBPRINT);
    }

    @Test
    void theParameterMayNotSayAnotherKey() {
        RawReply reply = push(proof(), "&dpop_jkt=" + ProofText.thumbprint(OTHER));
        assertThat(reply.status()).isEqualTo(400);
        assertRefused(reply, "invalid_dpop_proof");
    }

    @Test
    void withoutAProofNoKeyIsAdded() {
        assertThat(gateway.postForm(PATH, form(""), basic()).status()).isEqualTo(201);
        assertThat(kept()).isNull();
        assertThat(gateway.node.asked(OneTimeValues.Spend.class)).isEmpty();
    }

    @Test
    void aProofMustBeForThisEndpointAndCountsOnce() {
        assertRefused(push(ProofText.forToken(KEY), ""), "invalid_dpop_proof");
        ProofText once = proof();
        assertThat(push(once, "").status()).isEqualTo(201);
        assertThat(push(once, "").json().getString("error")).isEqualTo("invalid_dpop_proof");
        assertThat(gateway.node.asked(PushedRequests.Push.class)).hasSize(1);
    }

    @Test
    void whatIsNoGoodSpendsNoProof() {
        assertRefused(push(proof(), "&prompt=no-such-prompt"), "invalid_request");
        assertRefused(push(proof(), "&dpop_jkt=short"), "invalid_request");
        assertRefused(gateway.postForm(PATH, form(""), "DPoP: " + proof().sign()), "invalid_client");
        assertThat(gateway.node.asked(OneTimeValues.Spend.class)).isEmpty();
    }

    @Test
    void aScriptMaySendOne() {
        RawReply preflight = gateway.exchange(
                "OPTIONS",
                PATH,
                null,
                "Origin: https://app.example.org",
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: dpop");
        assertThat(preflight.header("access-control-allow-headers")).contains("DPoP");
    }
}
