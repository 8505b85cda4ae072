package io.gatehouse.deploy.flow;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Mirrors the modules of oidcc-basic-certification-test-plan: answers come in the query. */
class OidccBasicPlanTest implements ResponseModules, RequestObjectModules, ClaimsModules, LoginModules, CodeModules {
    @RegisterExtension
    static final RunningNode NODE = PlanServer.node();

    @BeforeAll
    static void declareUser() {
        NODE.change(PlanServer::declareUser);
    }

    @Override
    public RelyingParty client() {
        return RelyingParty.plan(NODE, PlanServer.COMPLETE, null);
    }
}
