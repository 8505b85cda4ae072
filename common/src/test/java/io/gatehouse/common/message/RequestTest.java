package io.gatehouse.common.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RequestTest {
    /** Other applications and older nodes know these. */
    @Test
    void addressesStayAsTheyWere() {
        assertThat(List.of(
                        Tenants.ADDRESS,
                        Clients.ADDRESS,
                        Users.ADDRESS,
                        Grants.ADDRESS,
                        Revocations.ADDRESS,
                        Keys.ADDRESS,
                        JwtApps.ADDRESS,
                        Sessions.ADDRESS,
                        Logouts.ADDRESS,
                        StoreHealth.ADDRESS,
                        Issuer.ADDRESS,
                        JwtAppTokens.ADDRESS,
                        IdTokens.ADDRESS,
                        PageKeys.ADDRESS,
                        VerificationKeys.ADDRESS,
                        TokenHealth.ADDRESS,
                        UpstreamAssertions.ADDRESS,
                        Event.ADDRESS))
                .containsExactly(
                        "gatehouse.v1.store.tenants",
                        "gatehouse.v1.store.clients",
                        "gatehouse.v1.store.users",
                        "gatehouse.v1.store.grants",
                        "gatehouse.v1.store.revocations",
                        "gatehouse.v1.store.keys",
                        "gatehouse.v1.store.jwtapps",
                        "gatehouse.v1.store.sessions",
                        "gatehouse.v1.store.logouts",
                        "gatehouse.v1.store.health",
                        "gatehouse.v1.issuer",
                        "gatehouse.v1.token.jwtapps",
                        "gatehouse.v1.token.idtokens",
                        "gatehouse.v1.token.pagekeys",
                        "gatehouse.v1.token.keys",
                        "gatehouse.v1.token.health",
                        "gatehouse.v1.token.assertions",
                        "gatehouse.v1.events");
    }

    /** A message that changes something must not be asked again after a loss. */
    @Test
    void onlyReadsAreReads() {
        Map<Boolean, List<String>> byKind = RecordsOfTheBus.all().stream()
                .filter(Request.class::isAssignableFrom)
                .map(type -> (Request<?>) Samples.of(type))
                .collect(Collectors.partitioningBy(
                        Request::isRead, Collectors.mapping(RequestTest::name, Collectors.toList())));

        assertThat(byKind.get(true))
                .containsExactlyInAnyOrder(
                        "Tenants.Find",
                        "Tenants.FindByApikey",
                        "Clients.Find",
                        "Users.Find",
                        "Users.Vouch",
                        "Grants.Find",
                        "Revocations.Read",
                        "Keys.Load",
                        "JwtApps.Find",
                        "Sessions.Find",
                        "Sessions.Overview",
                        "PushedRequests.Find",
                        "Registrations.Read",
                        "SigningKeys.Show",
                        "Verifiers.Live",
                        "StoreHealth.Check",
                        "ClientJwts.Verify",
                        "ClientAssertions.Verify",
                        "AssertionGrants.Verify",
                        "IdTokens.ReadHint",
                        "IdTokens.ReadSubject",
                        "IdTokens.TellSubject",
                        "JwtAppTokens.Keys",
                        "PageKeys.Get",
                        "VerificationKeys.Get",
                        "TokenHealth.Check",
                        "UpstreamAssertions.Mint",
                        "Passcodes.Make",
                        "Passcodes.Confirm",
                        "Passcodes.Check");
        assertThat(byKind.get(false))
                .contains(
                        "Grants.Rotate",
                        "Users.Authenticate",
                        "Issuer.Issue",
                        "JwtApps.Declare",
                        "JwtAppTokens.Issue",
                        "Keys.Save",
                        "Codes.PutBySession",
                        "Sessions.Begin",
                        "Sessions.End",
                        "Sessions.Withdraw",
                        "Sessions.ChangePassword",
                        "Logouts.Claim",
                        "Logouts.Report",
                        "IdTokens.SignUserinfo",
                        "IdTokens.SignLogout",
                        "IdTokens.SignAuthorizationResponse",
                        "IdTokens.SignIntrospection");
    }

    @Test
    void slowWorkIsWaitedForLonger() {
        assertThat(new StoreHealth.Check().timeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(Samples.of(Users.Authenticate.class).timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(Samples.of(Users.Declare.class).timeout()).isEqualTo(Duration.ofSeconds(30));
    }

    private static String name(Request<?> request) {
        return request.getClass().getEnclosingClass().getSimpleName() + "."
                + request.getClass().getSimpleName();
    }
}
