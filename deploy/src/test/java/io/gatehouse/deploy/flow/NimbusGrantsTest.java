package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.JWTBearerGrant;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.TokenTypeURI;
import com.nimbusds.oauth2.sdk.tokenexchange.TokenExchangeGrant;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.security.KeyPair;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application that exchanges tokens and shows assertions by Nimbus' SDK. */
class NimbusGrantsTest {
    private static final KeyPair KEY = Assertion.key("EC");
    private static final String PARTNER = "https://partner.example.org";
    private static final String SECRET = "secret-of-the-client-0123456789abcdef0123456789";
    private static final String STOCK = "https://stock.example.org/";

    @RegisterExtension
    static final RunningNode NODE = RunningNode.configured(
            """
            bootstrap:
              tenants:
                - {id: main, trusted_issuers: [{issuer: "%s", jwks: '%s', subject: username, clients: [app]}]}
              clients:
                - {client_id: app, client_secret: %3$s, scope: api, resources: ["%4$s"],
                   grant_types: [client_credentials, "urn:ietf:params:oauth:grant-type:jwt-bearer",
                     "urn:ietf:params:oauth:grant-type:token-exchange"], token_exchange: {impersonation: true}}
              users:
                - {username: ada, password: ada-demo-password}
            """.formatted(PARTNER, AssertionGrantCase.set(Assertion.jwk(KEY, "ec")), SECRET, STOCK));

    private final String base = NODE.caller().base().toString();

    private TokenResponse send(AuthorizationGrant grant) throws Exception {
        OIDCProviderMetadata provider = OIDCProviderMetadata.resolve(new Issuer(base));
        assertThat(provider.getGrantTypes()).contains(grant.getType());
        TokenRequest request = new TokenRequest.Builder(
                        provider.getTokenEndpointURI(),
                        new ClientSecretBasic(new ClientID("app"), new Secret(SECRET)),
                        grant)
                .build();
        return TokenResponse.parse(request.toHTTPRequest().send());
    }

    private AccessToken token(AuthorizationGrant grant) throws Exception {
        TokenResponse response = send(grant);
        assertThat(response.indicatesSuccess())
                .as(response.toHTTPResponse().getBody())
                .isTrue();
        return response.toSuccessResponse().getTokens().getAccessToken();
    }

    private static String subject(AccessToken token) throws Exception {
        return SignedJWT.parse(token.getValue()).getJWTClaimsSet().getSubject();
    }

    @Test
    void anAssertionBecomesATokenAndThatAnother() throws Exception {
        SignedJWT assertion = SignedJWT.parse(
                Assertion.of(PARTNER, base, "ES256").with("sub", "ada").signed(KEY));
        AccessToken user = token(new JWTBearerGrant(assertion));
        assertThat(send(new JWTBearerGrant(assertion))
                        .toErrorResponse()
                        .getErrorObject()
                        .getCode())
                .isEqualTo("invalid_grant");

        AccessToken actor = token(new ClientCredentialsGrant());
        AccessToken exchanged = token(new TokenExchangeGrant(
                user,
                TokenTypeURI.ACCESS_TOKEN,
                actor,
                TokenTypeURI.ACCESS_TOKEN,
                TokenTypeURI.ACCESS_TOKEN,
                List.of(new Audience(STOCK))));
        assertThat(exchanged.getIssuedTokenType()).isEqualTo(TokenTypeURI.ACCESS_TOKEN);
        assertThat(subject(exchanged)).isEqualTo(subject(user));
        SignedJWT jwt = SignedJWT.parse(exchanged.getValue());
        assertThat(jwt.getJWTClaimsSet().getAudience()).containsExactly(STOCK);
        assertThat(jwt.getJWTClaimsSet().getJSONObjectClaim("act")).containsEntry("sub", "app");
    }
}
