package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.client.endpoint.JwtBearerGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientJwtBearerTokenResponseClient;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.jwt.Jwt;

/** An application with Spring Security's client, which has an assertion about its user (RFC 7523, section 2.1). */
class SpringAssertionTest extends AssertionGrantCase {
    private OAuth2AccessTokenResponse granted(String assertion) {
        Instant now = Instant.now();
        Jwt jwt = Jwt.withTokenValue(assertion)
                .header("alg", "ES256")
                .subject("ada")
                .issuedAt(now)
                .expiresAt(now.plusSeconds(60))
                .build();
        return new RestClientJwtBearerTokenResponseClient()
                .getTokenResponse(new JwtBearerGrantRequest(
                        SpringGrantsTest.registration(caller, "app", AuthorizationGrantType.JWT_BEARER, SECRET, "api"),
                        jwt));
    }

    @Test
    void redeemsAnAssertion() {
        OAuth2AccessTokenResponse response = granted(usual().signed(EC));
        assertThat(response.getAccessToken().getScopes()).containsExactly("api");
        assertThat(isActive(response.getAccessToken().getTokenValue())).isTrue();
    }

    @Test
    void isToldThatOneIsNoGood() {
        assertThatThrownBy(() -> granted(usual().signed(OTHER)))
                .isInstanceOfSatisfying(
                        OAuth2AuthorizationException.class,
                        refused -> assertThat(refused.getError().getErrorCode()).isEqualTo("invalid_grant"));
    }
}
