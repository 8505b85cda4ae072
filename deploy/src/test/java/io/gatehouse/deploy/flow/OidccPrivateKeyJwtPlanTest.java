package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.KeyPair;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Mirrors the modules of oidcc-test-plan in its variant private_key_jwt with response_type code, but for those of dynamic
 * registration.
 */
class OidccPrivateKeyJwtPlanTest
        implements ResponseModules, RequestObjectModules, ClaimsModules, LoginModules, CodeModules {
    private static final KeyPair KEY = Assertion.key("EC");

    @RegisterExtension
    static final RunningNode NODE = PlanServer.node(
            "jwks: "
                    + new JsonObject()
                            .put("keys", new JsonArray().add(Assertion.jwk(KEY, "of-the-plan")))
                            .encode(),
            "token_endpoint_auth_method: private_key_jwt");

    @BeforeAll
    static void declareUser() {
        NODE.change(PlanServer::declareUser);
    }

    @Override
    public RelyingParty client() {
        return new RelyingParty(NODE.caller(), "plan", null, false, PlanServer.COMPLETE, null, KEY);
    }

    @Test
    @DisplayName("oidcc-ensure-client-assertion-with-iss-aud-succeeds")
    void oidccEnsureClientAssertionWithIssAudSucceeds() {
        Map<String, String> request = client().request();
        String code = client().authorize(somebody(), request).get("code");
        Answer answer = client().redeem(code);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }
}
