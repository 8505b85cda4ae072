package io.gatehouse.gateway.oauth;

import static io.gatehouse.gateway.oauth.TestNode.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.Codes;
import io.gatehouse.common.message.Codes.TakeRefusal;
import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.common.model.CodeId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * PKCE at the token endpoint (RFC 7636, sections 4.5 and 4.6): the store compares, and is always told what there was to
 * compare.
 */
class CodeVerifierTest {
    /** RFC 7636, appendix B. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private final TestNode node = new TestNode();
    private TokenService tokens;

    @BeforeEach
    void start() {
        node.on(
                Clients.Find.class,
                find -> Samples.found(CodeClient.named("web").build()));
        node.on(Codes.Take.class, take -> new Codes.Taking.Refused(TakeRefusal.CODE_VERIFIER, List.of()));
        tokens = node.protocol(node.knowledge()).tokens();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private Code refused(String... verifier) {
        Parameters parameters = new Parameters();
        parameters.add("grant_type", "authorization_code");
        parameters.add("redirect_uri", CodeClient.REDIRECT_URI);
        parameters.add(
                "code", CodeId.make(TestClock.START.plusSeconds(60)).code().reveal());
        for (String value : verifier) {
            parameters.add("code_verifier", value);
        }
        ClientCredentials credentials =
                new ClientCredentials(AuthMethod.CLIENT_SECRET_BASIC, "web", Secret.of(Samples.SECRET));
        OAuthError error = refusal(tokens.token(new TokenRequest("main", credentials, parameters)));
        return ((OAuthError.Protocol) error).code();
    }

    @Test
    void aVerifierIsComparedByItsDigest() {
        assertThat(refused(VERIFIER)).isEqualTo(Code.INVALID_GRANT);
        assertThat(node.askedOnce(Codes.Take.class).codeChallenge()).isEqualTo(CHALLENGE);
    }

    /** Plain would let a challenge stand for itself. */
    @Test
    void aChallengeIsNoVerifier() {
        refused(CHALLENGE);

        assertThat(node.askedOnce(Codes.Take.class).codeChallenge()).isNotEqualTo(CHALLENGE);
    }

    @Test
    void thatThereIsNoneIsToldToo() {
        assertThat(refused()).isEqualTo(Code.INVALID_GRANT);
        assertThat(node.askedOnce(Codes.Take.class).codeChallenge()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short",
                "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjX+",
                "dBjftJeZ4CVP mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
            })
    void whatCouldNotHaveBeenMadeIsRefusedUnasked(String verifier) {
        assertThat(refused(verifier)).isEqualTo(Code.INVALID_REQUEST);
        assertThat(node.asked(Codes.Take.class)).isEmpty();
    }
}
