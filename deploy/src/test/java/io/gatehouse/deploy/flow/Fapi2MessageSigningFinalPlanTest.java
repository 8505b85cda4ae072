package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Mirrors the modules of fapi2-message-signing-final-test-plan: signed_non_repudiation and jarm, with what
 * {@link Fapi2SecurityProfileFinalPlanTest} has. The modules of single countries are left out.
 */
class Fapi2MessageSigningFinalPlanTest
        implements FapiRequestModules, FapiPushModules, FapiTokenModules, FapiProofModules, FapiObjectModules {
    @RegisterExtension
    static final RunningNode NODE = FapiServer.node("fapi2_message_signing");

    @Override
    public FapiParty first() {
        return FapiServer.first(NODE, true);
    }

    @Override
    public FapiParty second() {
        return FapiServer.second(NODE, true);
    }

    /** No module: FAPI 2.0 Message Signing, section 5.5. */
    @Test
    @DisplayName("an introspection is signed, whether the client asks for that or not")
    void anIntrospectionIsSigned() throws ParseException {
        Answer answer = NODE.caller()
                .post(
                        "/oauth2/introspect",
                        null,
                        "token",
                        tokens().text("access_token"),
                        "client_assertion_type",
                        FapiParty.ASSERTION_TYPE,
                        "client_assertion",
                        first().assertion().signed(first().key()));
        assertThat(answer.header("Content-Type")).isEqualTo("application/token-introspection+jwt");
        JWTClaimsSet claims =
                new JwtCheck(new CodeFlow(NODE.caller(), "one", null), JWSAlgorithm.PS256).signature(answer.body());
        assertThat(claims.getJSONObjectClaim("token_introspection"))
                .containsEntry("active", true)
                .containsEntry("token_type", "DPoP");
    }
}
