package io.gatehouse.deploy.flow;

import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Mirrors the modules of fapi2-security-profile-final-test-plan: plain_fapi, openid_connect, private_key_jwt, dpop. Two of them
 * wait for a minute or more, and are mirrored where tests have a clock of their own, in FapiLifetimesTest of the gateway:
 * ...-ensure-token-endpoint-fails-with-expired-auth-code and ...-par-attempt-to-use-expired-request_uri.
 */
class Fapi2SecurityProfileFinalPlanTest
        implements FapiRequestModules, FapiPushModules, FapiTokenModules, FapiProofModules {
    @RegisterExtension
    static final RunningNode NODE = FapiServer.node("fapi2_security");

    @Override
    public FapiParty first() {
        return FapiServer.first(NODE, false);
    }

    @Override
    public FapiParty second() {
        return FapiServer.second(NODE, false);
    }
}
