package io.gatehouse.gateway.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.Codes;
import io.gatehouse.common.message.Grants;
import io.gatehouse.common.message.Issuer;
import io.gatehouse.common.message.OneTimeValues;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.Ticket;
import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.gateway.http.RawReply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 9449, sections 5 and 10: to which key codes, access tokens and refresh tokens are bound. */
class DpopGrantTest extends DpopCase {
    private static final Attestor STORE = new Attestor(Bytes.of(new byte[32]));
    private static final String JKT = ProofText.thumbprint(KEY);

    private final String code =
            CodeId.make(TestClock.START.plusSeconds(60)).code().reveal();

    @BeforeEach
    void grants() {
        gateway.node
                .on(Codes.Take.class, take -> new Codes.Taking.Taken(ticket(null)))
                .on(Grants.Open.class, open -> new Grants.Opened(TestClock.START.plusSeconds(600)))
                .on(Grants.Rotate.class, rotate -> new Grants.Rotation.Rotated(ticket(rotate.confirmation()), 1));
        client = CodeClient.named("web").build();
    }

    private static Attestation ticket(String confirmation) {
        Ticket plain = Samples.ticket(TokenFamily.OAUTH, "web", "api").read(Ticket.class);
        return STORE.attest(new Ticket(
                "main",
                "web",
                Tokens.SUBJECT,
                TokenFamily.OAUTH,
                Scope.parse("api"),
                List.of(),
                plain.grant(),
                plain.grantExpiresAt(),
                0,
                0,
                confirmation,
                null,
                TestClock.START,
                List.of("pwd"),
                null,
                plain.nonce(),
                plain.expiresAt()));
    }

    private RawReply redeem(String... headers) {
        return post("grant_type=authorization_code&code=" + code, headers);
    }

    private RawReply refresh(String... headers) {
        String token = RefreshToken.first(Samples.GRANT).encode().reveal();
        return post("grant_type=refresh_token&refresh_token=" + token, headers);
    }

    /** By a confidential client with its secret, by a public one with its name. */
    private RawReply post(String form, String... headers) {
        if (client.isPublic()) {
            return gateway.postForm("/oauth2/token", form + "&client_id=web", headers);
        }
        return gateway.postForm(
                "/oauth2/token",
                form,
                headers.length == 0 ? new String[] {basic()} : new String[] {basic(), headers[0]});
    }

    private static String proof() {
        return "DPoP: " + ProofText.forToken(KEY).sign();
    }

    private void codeIsBoundTo(String confirmation) {
        gateway.node.on(Codes.Take.class, take -> new Codes.Taking.Taken(ticket(confirmation)));
    }

    private void assertGrantRefused(RawReply reply) {
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().getString("error")).isEqualTo("invalid_grant");
        assertThat(gateway.node.asked(Issuer.Issue.class)).isEmpty();
        assertThat(gateway.node.asked(Grants.Open.class)).isEmpty();
    }

    /** Anybody can send a proof and a code that is none, and each proof is remembered. */
    @Test
    void proofsOfStrangersAreCounted() {
        client = CodeClient.named("web").isPublic().build();
        redeem(proof());
        assertThat(gateway.node.askedOnce(OneTimeValues.Spend.class).remoteAddress())
                .isEqualTo("127.0.0.1");

        gateway.node.failing(OneTimeValues.Spend.class, new OAuthError.Throttled(Duration.ofSeconds(7)));
        RawReply refused = redeem(proof());
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("retry-after")).isEqualTo("7");
        assertThat(gateway.node.asked(Codes.Take.class))
                .as("the code is not burnt")
                .hasSize(1);
    }

    @Test
    void proofsOfWhoAuthenticatedOrHasATokenAreNot() {
        redeem(proof());
        String token = accessToken(KEY);
        userinfo("DPoP", token, "DPoP: " + ProofText.forUserinfo(KEY, token).sign());
        assertThat(gateway.node.asked(OneTimeValues.Spend.class))
                .hasSize(2)
                .allSatisfy(spend -> assertThat(spend.remoteAddress()).isNull());
    }

    @Test
    void section5_refreshTokensOfPublicClientsAreBound() {
        client = CodeClient.named("web").isPublic().build();
        RawReply reply = redeem(proof());

        assertThat(reply.json().getString("token_type")).isEqualTo("DPoP");
        assertThat(gateway.node.askedOnce(Grants.Open.class).confirmation()).isEqualTo(JKT);
        assertThat(gateway.node.askedOnce(Issuer.Issue.class).terms().confirmation())
                .isEqualTo(JKT);
    }

    @Test
    void section5_refreshTokensOfConfidentialClientsAreNot() {
        assertThat(redeem(proof()).json().getString("token_type")).isEqualTo("DPoP");
        assertThat(gateway.node.askedOnce(Grants.Open.class).confirmation()).isNull();
        codeIsBoundTo(JKT);
        assertGiven(redeem(proof()));
        assertThat(gateway.node.asked(Grants.Open.class)).allMatch(open -> open.confirmation() == null);
    }

    @Test
    void section5_eachRefreshTellsTheStoreWhichKeyWasProved() {
        assertThat(refresh(proof()).json().getString("token_type")).isEqualTo("DPoP");
        assertThat(refresh().json().getString("token_type")).isEqualTo("Bearer");
        assertThat(gateway.node.asked(Grants.Rotate.class))
                .extracting(Grants.Rotate::confirmation)
                .containsExactly(JKT, null);
    }

    @Test
    void section10_aBoundCodeNeedsAProofOfItsKey() {
        codeIsBoundTo(JKT);
        assertGiven(redeem(proof()));
    }

    @Test
    void section10_aBoundCodeIsWorthNothingWithoutAProof() {
        codeIsBoundTo(JKT);
        assertGrantRefused(redeem());
    }

    @Test
    void section10_aBoundCodeIsWorthNothingWithAnotherKey() {
        codeIsBoundTo(ProofText.thumbprint(OTHER));
        assertGrantRefused(redeem(proof()));
    }

    /** Section 5.2. */
    @Test
    void aClientOfBoundTokensBurnsNoCodeWithoutAProof() {
        client = CodeClient.named("web").bound().build();
        assertRefused(redeem());
        assertRefused(refresh());
        assertThat(gateway.node.asked(Codes.Take.class)).isEmpty();
        assertThat(gateway.node.asked(Grants.Rotate.class)).isEmpty();
        assertGiven(redeem(proof()));
    }

    /** Whoever does not know the secret must not learn what its proofs are worth, nor spend them. */
    @Test
    void theClientAuthenticatesFirst() {
        RawReply reply = gateway.postForm("/oauth2/token", "grant_type=client_credentials", proof());

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.json().getString("error")).isEqualTo("invalid_client");
    }
}
