package io.gatehouse.common.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardClaimsTest {
    private static final String EMAIL = "ada@example.com";
    private static final String PHONE = "+15550101";

    @Test
    void valuesComeFromTheProfileByTheirRegisteredNames() {
        UserProfile ada =
                profile(EMAIL, PHONE, Map.of("website", "https://ada.example.com", "address", "12 Row\nLondon"));

        assertThat(StandardClaims.of(ada, StandardClaims.names()))
                .containsOnly(
                        Map.entry("name", "Ada Lovelace"),
                        Map.entry("preferred_username", "ada"),
                        Map.entry("website", "https://ada.example.com"),
                        Map.entry("email", EMAIL),
                        Map.entry("email_verified", true),
                        Map.entry("phone_number", PHONE),
                        Map.entry("phone_number_verified", false),
                        Map.entry("address", Map.of("formatted", "12 Row\nLondon")));
    }

    /** A null or an empty text would be a claim too (section 5.3.2). */
    @Test
    void whatTheProfileDoesNotHoldIsLeftOut() {
        assertThat(StandardClaims.of(profile(null, null, Map.of()), StandardClaims.names()))
                .containsOnlyKeys("name", "preferred_username");
    }

    @Test
    void nothingElseOfAUserIsToldByAName() {
        UserProfile ada = profile(EMAIL, PHONE, Map.of("website", "https://ada.example.com"));

        assertThat(StandardClaims.of(ada, List.of("sub", "roles", "employeeId", "tenant", "state")))
                .isEmpty();
        assertThat(StandardClaims.of(ada, List.of("email"))).containsOnlyKeys("email");
    }

    /** OpenID Connect Core, section 5.4. */
    @ParameterizedTest
    @CsvSource({
        "openid, 0",
        "openid profile, 14",
        "openid email, 2",
        "openid phone, 2",
        "openid address, 1",
        "openid profile email phone address, 19",
        "profile Email unknown, 14",
    })
    void scopesAskForTheirClaims(String scope, int count) {
        assertThat(StandardClaims.namesOf(Scope.parse(scope))).hasSize(count).isSubsetOf(StandardClaims.names());
    }

    @Test
    void theSubjectIsNoClaimToAskFor() {
        assertThat(StandardClaims.names()).hasSize(19).doesNotContain("sub", "iss", "aud", "roles");
    }

    private static UserProfile profile(@Nullable String email, @Nullable String phone, Map<String, String> claims) {
        return new UserProfile(
                "main",
                "a subject",
                "ada",
                "Ada Lovelace",
                email,
                email != null,
                phone,
                false,
                "E-2",
                List.of("editor"),
                UserState.ACTIVE,
                Instant.EPOCH,
                null,
                claims);
    }
}
