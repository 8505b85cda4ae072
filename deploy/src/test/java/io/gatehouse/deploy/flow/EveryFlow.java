package io.gatehouse.deploy.flow;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** Runs every flow in which a store decides once more, on the back end that the suite names. */
@Suite
@SelectClasses({
    AccountStatesTest.class,
    AuthorizeDoFlowTest.class,
    BabelBirdClientsTest.class,
    BabelBirdLimitsTest.class,
    BabelBirdLoginTest.class,
    BabelBirdTokenTest.class,
    ClientCredentialsFlowTest.class,
    DpopFlowTest.class,
    FamilyWallsTest.class,
    LoginApiSiblingsTest.class,
    LoginApiTest.class,
    LoginRadiusAppsTest.class,
    LoginRadiusIdentityTest.class,
    LoginRadiusLimitsTest.class,
    LoginRadiusLoginTest.class,
    LoginRadiusTenantsTest.class,
    LoginRadiusTokenTest.class,
    MetadataFlowTest.class,
    OidccBackchannelRpInitiatedLogoutPlanTest.class,
    OidccBasicPlanTest.class,
    OidccRpInitiatedLogoutPlanTest.class,
    OidcFlowTest.class,
    RefreshFlowTest.class,
    RestartFlowTest.class,
    RevocationFlowTest.class,
    SessionEndFlowTest.class,
    ThrottleFlowTest.class
})
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface EveryFlow {}
