package io.gatehouse.gateway.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.OAuthRegistration;
import io.gatehouse.common.model.SecurityProfile;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** FAPI 2.0 Security Profile, section 5.3.2.2: how long codes and pushed requests live, whatever the configuration says. */
class FapiLifetimesTest {
    private static Client client(SecurityProfile profile) {
        return Samples.registered("web", new OAuthRegistration(null, null, false, null, null, null, null, profile));
    }

    @ParameterizedTest
    @EnumSource(SecurityProfile.class)
    @DisplayName("fapi2-security-profile-final-ensure-token-endpoint-fails-with-expired-auth-code")
    void aCodeLivesForAMinuteAtMost(SecurityProfile profile) {
        assertThat(Fapi.codeLife(client(profile), Duration.ofMinutes(10))).isEqualTo(Duration.ofSeconds(60));
        assertThat(Fapi.codeLife(client(profile), Duration.ofSeconds(10))).isEqualTo(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @CsvSource({"PT10M, 599", "PT90S, 90"})
    @DisplayName("fapi2-security-profile-final-par-attempt-to-use-expired-request_uri")
    void aPushedRequestLivesForLessThanTenMinutes(Duration configured, long seconds) {
        assertThat(Fapi.pushedLife(client(SecurityProfile.FAPI_2_SECURITY), configured))
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void otherClientsHaveWhatIsConfigured() {
        Client plain = Samples.client("web");
        assertThat(Fapi.codeLife(plain, Duration.ofMinutes(10))).isEqualTo(Duration.ofMinutes(10));
        assertThat(Fapi.pushedLife(plain, Duration.ofMinutes(10))).isEqualTo(Duration.ofMinutes(10));
    }
}
