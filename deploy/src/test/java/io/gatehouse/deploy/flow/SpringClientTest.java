package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientClientCredentialsTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.SpringOpaqueTokenIntrospector;

/**
 * An application with Spring Security's client, and a service with its resource server, which read the metadata by themselves.
 */
class SpringClientTest {
    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo();

    private final URI base = NODE.caller().base();
    private final Person person = new Person(base);

    private ClientRegistration registration(AuthorizationGrantType grantType) {
        return ClientRegistrations.fromIssuerLocation(base.toString())
                .registrationId("gatehouse")
                .clientId("demo")
                .clientSecret(RunningNode.DEMO_SECRET)
                .authorizationGrantType(grantType)
                .redirectUri(CodeFlow.REDIRECT_URI)
                .scope("openid", "email")
                .build();
    }

    private OAuth2LoginAuthenticationToken logIn() {
        ClientRegistration client = registration(AuthorizationGrantType.AUTHORIZATION_CODE);
        OAuth2AuthorizationRequest request = OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(client.getProviderDetails().getAuthorizationUri())
                .clientId(client.getClientId())
                .redirectUri(client.getRedirectUri())
                .scopes(client.getScopes())
                .state("state-of-spring")
                .attributes(Map.of(PkceParameterNames.CODE_VERIFIER, CodeFlow.VERIFIER))
                .additionalParameters(Map.of(
                        PkceParameterNames.CODE_CHALLENGE,
                        CodeFlow.challenge(CodeFlow.VERIFIER),
                        PkceParameterNames.CODE_CHALLENGE_METHOD,
                        "S256"))
                .build();
        String asked = URI.create(request.getAuthorizationRequestUri()).getRawQuery();
        Map<String, String> answer =
                person.goOn(person.open("/oauth2/authorize?" + asked)).answer();
        OAuth2AuthorizationResponse response = OAuth2AuthorizationResponse.success(answer.get("code"))
                .redirectUri(client.getRedirectUri())
                .state(answer.get("state"))
                .build();
        return (OAuth2LoginAuthenticationToken) new OidcAuthorizationCodeAuthenticationProvider(
                        new RestClientAuthorizationCodeTokenResponseClient(), new OidcUserService())
                .authenticate(
                        new OAuth2LoginAuthenticationToken(client, new OAuth2AuthorizationExchange(request, response)));
    }

    private OAuth2AccessToken byItself() {
        return new RestClientClientCredentialsTokenResponseClient()
                .getTokenResponse(new OAuth2ClientCredentialsGrantRequest(ClientRegistration.withClientRegistration(
                                registration(AuthorizationGrantType.CLIENT_CREDENTIALS))
                        .scope("api")
                        .build()))
                .getAccessToken();
    }

    private NimbusJwtDecoder service() {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(base + "/oauth2/jwks")
                .jwsAlgorithm(SignatureAlgorithm.ES256)
                .validateType(false)
                .build();
        OAuth2TokenValidator<Jwt> rules = JwtValidators.createAtJwtValidator()
                .issuer(base.toString())
                .audience(base.toString())
                .clientId("demo")
                .build();
        decoder.setJwtValidator(rules);
        return decoder;
    }

    @Test
    void logsInReadsTheUserAndRefreshes() {
        OAuth2LoginAuthenticationToken login = logIn();
        OidcUser user = (OidcUser) login.getPrincipal();
        assertThat(user.getEmail()).isEqualTo("ada@example.org");
        assertThat(user.getIdToken().getIssuer()).hasToString(base.toString());
        OAuth2RefreshToken refreshToken = login.getRefreshToken();
        assertThat(refreshToken).isNotNull();
        OAuth2AccessTokenResponse refreshed = new RestClientRefreshTokenTokenResponseClient()
                .getTokenResponse(new OAuth2RefreshTokenGrantRequest(
                        login.getClientRegistration(), login.getAccessToken(), refreshToken));
        assertThat(refreshed.getAccessToken().getTokenValue())
                .isNotEqualTo(login.getAccessToken().getTokenValue());
        assertThat(refreshed.getAccessToken().getScopes()).isEqualTo(Set.of("openid", "email"));
    }

    @Test
    void aServiceVerifiesTokensByTheProfileOfRfc9068() {
        Jwt jwt = service().decode(byItself().getTokenValue());
        assertThat(jwt.getClaimAsString("client_id")).isEqualTo("demo");
        assertThat(jwt.getClaimAsString("scope")).isEqualTo("api");
    }

    @Test
    void aServiceAsksAboutTokens() {
        SpringOpaqueTokenIntrospector introspector = SpringOpaqueTokenIntrospector.withIntrospectionUri(
                        base + "/oauth2/introspect")
                .clientId("demo")
                .clientSecret(RunningNode.DEMO_SECRET)
                .build();
        String token = byItself().getTokenValue();
        assertThat(introspector.introspect(token).<String>getAttribute("client_id"))
                .isEqualTo("demo");
        NODE.caller().post("/oauth2/revoke", Caller.DEMO, "token", token);
        assertThatThrownBy(() -> introspector.introspect(token)).isInstanceOf(BadOpaqueTokenException.class);
    }
}
