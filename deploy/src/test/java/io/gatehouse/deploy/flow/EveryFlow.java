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
    AssertionGrantFlowTest.class,
    AuthorizeDoFlowTest.class,
    BabelBirdClientsTest.class,
    BabelBirdLimitsTest.class,
    BabelBirdLoginTest.class,
    BabelBirdTokenTest.class,
    ClientCredentialsFlowTest.class,
    DeviceFlowTest.class,
    DpopFlowTest.class,
    Fapi2MessageSigningFinalPlanTest.class,
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
    PairwiseFlowTest.class,
    RefreshFlowTest.class,
    RestartFlowTest.class,
    RevocationFlowTest.class,
    SecondFactorFlowTest.class,
    Rfc6749Test.class,
    Rfc7009Test.class,
    Rfc7521Test.class,
    Rfc7523Test.class,
    Rfc7591Test.class,
    Rfc7592Test.class,
    Rfc7662Test.class,
    Rfc8628Test.class,
    Rfc8693Test.class,
    Rfc8707Test.class,
    Rfc9126Test.class,
    Rfc9396Test.class,
    SessionEndFlowTest.class,
    ThrottleFlowTest.class,
    TokenExchangeDisabledTest.class,
    TokenExchangeFlowTest.class,
    UserCodeGuessingTest.class
})
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface EveryFlow {}
