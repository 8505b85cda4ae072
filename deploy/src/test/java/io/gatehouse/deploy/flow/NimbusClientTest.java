package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.AuthenticationSuccessResponse;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application that uses Nimbus' SDK: it knows the issuer, its id and its secret, and reads the rest. */
class NimbusClientTest {
    private static final ClientID CLIENT = new ClientID("demo");
    private static final URI CALLBACK = URI.create(CodeFlow.REDIRECT_URI);

    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo();

    private final URI base = NODE.caller().base();
    private final Person person = new Person(base);
    private final Nonce nonce = new Nonce();
    private final CodeVerifier verifier = new CodeVerifier();
    private OIDCProviderMetadata provider;

    @BeforeEach
    void discover() throws Exception {
        provider = OIDCProviderMetadata.resolve(new Issuer(base));
    }

    @Test
    void logsInReadsTheUserRefreshesAndLogsOut() throws Exception {
        OIDCTokenResponse tokens = token(new AuthorizationCodeGrant(code(), CALLBACK, verifier));
        IDTokenClaimsSet claims = checked(tokens.getOIDCTokens().getIDToken(), nonce);
        UserInfo user = userinfo(tokens);
        assertThat(user.getSubject()).isEqualTo(claims.getSubject());
        assertThat(user.getEmailAddress()).isEqualTo("ada@example.org");

        OIDCTokenResponse fresh =
                token(new RefreshTokenGrant(tokens.getOIDCTokens().getRefreshToken()));
        assertThat(checked(fresh.getOIDCTokens().getIDToken(), null).getSubject())
                .isEqualTo(claims.getSubject());
        assertThat(userinfo(fresh).getSubject()).isEqualTo(claims.getSubject());

        logOut(tokens.getOIDCTokens().getIDToken());
        TokenRequest late = request(new RefreshTokenGrant(fresh.getOIDCTokens().getRefreshToken()));
        assertThat(late.toHTTPRequest().send().getStatusCode()).isEqualTo(400);
    }

    private AuthorizationCode code() throws Exception {
        State state = new State();
        URI request = new AuthenticationRequest.Builder(
                        new ResponseType(ResponseType.Value.CODE), new Scope("openid", "email"), CLIENT, CALLBACK)
                .endpointURI(provider.getAuthorizationEndpointURI())
                .state(state)
                .nonce(nonce)
                .codeChallenge(verifier, CodeChallengeMethod.S256)
                .build()
                .toURI();
        URI came = person.goOn(person.open(request.toString())).location();
        AuthenticationSuccessResponse response =
                AuthenticationResponseParser.parse(came).toSuccessResponse();
        assertThat(response.getState()).isEqualTo(state);
        assertThat(provider.supportsAuthorizationResponseIssuerParam()).isTrue();
        assertThat(response.getIssuer()).isEqualTo(provider.getIssuer());
        return response.getAuthorizationCode();
    }

    private TokenRequest request(AuthorizationGrant grant) {
        return new TokenRequest.Builder(
                        provider.getTokenEndpointURI(),
                        new ClientSecretBasic(CLIENT, new Secret(RunningNode.DEMO_SECRET)),
                        grant)
                .build();
    }

    private OIDCTokenResponse token(AuthorizationGrant grant) throws Exception {
        return OIDCTokenResponse.parse(
                OIDCTokenResponseParser.parse(request(grant).toHTTPRequest().send())
                        .toSuccessResponse()
                        .toJSONObject());
    }

    private IDTokenClaimsSet checked(JWT idToken, Nonce expected) throws Exception {
        return new IDTokenValidator(
                        provider.getIssuer(),
                        CLIENT,
                        JWSAlgorithm.RS256,
                        provider.getJWKSetURI().toURL())
                .validate(idToken, expected);
    }

    private UserInfo userinfo(OIDCTokenResponse tokens) throws Exception {
        UserInfoRequest request = new UserInfoRequest(
                provider.getUserInfoEndpointURI(), tokens.getOIDCTokens().getBearerAccessToken());
        return UserInfoResponse.parse(request.toHTTPRequest().send())
                .toSuccessResponse()
                .getUserInfo();
    }

    private void logOut(JWT idToken) {
        State state = new State();
        URI request = new LogoutRequest(
                        provider.getEndSessionEndpointURI(), idToken, URI.create("http://127.0.0.1:9999/"), state)
                .toURI();
        Page page = person.open(request.toString());
        assertThat(page.location()).isEqualTo(URI.create("http://127.0.0.1:9999/?state=" + state.getValue()));
    }
}
