package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.client.endpoint.RestClientTokenExchangeTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.TokenExchangeGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;

/** A service with Spring Security's client, which exchanges the token that it was called with (RFC 8693). */
class SpringGrantsTest extends ExchangeCase {
    private OAuth2AccessTokenResponse exchanged(String clientId, String subjectToken, String actorToken) {
        return new RestClientTokenExchangeTokenResponseClient()
                .getTokenResponse(new TokenExchangeGrantRequest(
                        registration(caller, clientId, AuthorizationGrantType.TOKEN_EXCHANGE, SECRET, "api"),
                        token(subjectToken),
                        actorToken == null ? null : token(actorToken)));
    }

    static ClientRegistration registration(
            Caller caller, String clientId, AuthorizationGrantType grantType, String secret, String scope) {
        return ClientRegistration.withRegistrationId("gatehouse")
                .tokenUri(caller.base() + "/oauth2/token")
                .clientId(clientId)
                .clientSecret(secret)
                .authorizationGrantType(grantType)
                .scope(scope)
                .build();
    }

    private static OAuth2AccessToken token(String value) {
        Instant now = Instant.now();
        return new OAuth2AccessToken(TokenType.BEARER, value, now, now.plusSeconds(60));
    }

    @Test
    void exchangesInThePlaceOfTheUser() {
        String given = userToken("openid api");
        OAuth2AccessTokenResponse response = exchanged("front", given, null);
        JsonObject claims = claims(response.getAccessToken().getTokenValue());
        assertThat(claims.getString("sub")).isEqualTo(claims(given).getString("sub"));
        assertThat(claims.getString("client_id")).isEqualTo("front");
        assertThat(claims.containsKey("act")).isFalse();
        assertThat(response.getAccessToken().getScopes()).isEqualTo(Set.of("api"));
    }

    @Test
    void exchangesAsAnActor() {
        String given = userToken("openid api");
        OAuth2AccessTokenResponse response = exchanged("acting", given, ownToken("acting"));
        JsonObject claims = claims(response.getAccessToken().getTokenValue());
        assertThat(claims.getString("sub")).isEqualTo(claims(given).getString("sub"));
        assertThat(claims.getJsonObject("act").getString("sub")).isEqualTo("acting");
    }

    @Test
    void isToldWhatItMayNot() {
        String given = userToken("openid api");
        assertThatThrownBy(() -> exchanged("plain", given, null))
                .isInstanceOfSatisfying(
                        OAuth2AuthorizationException.class,
                        refused -> assertThat(refused.getError().getErrorCode()).isEqualTo("unauthorized_client"));
    }
}
