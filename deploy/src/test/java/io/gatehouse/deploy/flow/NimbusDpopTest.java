package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.dpop.DPoPProofFactory;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.token.AccessTokenType;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import com.nimbusds.oauth2.sdk.token.DPoPTokenError;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An application that proves its key by Nimbus' SDK, at a server that demands nonces. */
class NimbusDpopTest {
    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo().with("tokens.dpop_nonce", "required");

    private final URI base = NODE.caller().base();
    private OIDCProviderMetadata provider;

    @BeforeEach
    void discover() throws Exception {
        provider = OIDCProviderMetadata.resolve(new Issuer(base));
    }

    static Stream<JWK> keys() throws Exception {
        RSAKey rsa = new RSAKeyGenerator(2048).generate();
        return Stream.of(
                ProofKey.make(URI.create("http://localhost")).key(),
                new RSAKey.Builder(rsa).algorithm(JWSAlgorithm.RS256).build(),
                new RSAKey.Builder(rsa).algorithm(JWSAlgorithm.PS256).build());
    }

    private HTTPRequest tokenRequest() {
        return new TokenRequest.Builder(
                        provider.getTokenEndpointURI(),
                        new ClientSecretBasic(new ClientID("demo"), new Secret(RunningNode.DEMO_SECRET)),
                        new ClientCredentialsGrant())
                .build()
                .toHTTPRequest();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void tokensAreBoundAfterTheNonceDance(JWK key) throws Exception {
        JWSAlgorithm algorithm = key.getAlgorithm() == null
                ? JWSAlgorithm.ES256
                : JWSAlgorithm.parse(key.getAlgorithm().getName());
        assertThat(provider.getDPoPJWSAlgs()).contains(algorithm);
        DPoPProofFactory factory = new DefaultDPoPProofFactory(key, algorithm);
        HTTPRequest first = tokenRequest();
        first.setDPoP(factory.createDPoPJWT("POST", provider.getTokenEndpointURI()));
        HTTPResponse asked = first.send();
        assertThat(TokenResponse.parse(asked).toErrorResponse().getErrorObject().getCode())
                .isEqualTo("use_dpop_nonce");

        Nonce nonce = asked.getDPoPNonce();
        HTTPRequest second = tokenRequest();
        second.setDPoP(factory.createDPoPJWT("POST", provider.getTokenEndpointURI(), nonce));
        DPoPAccessToken token = TokenResponse.parse(second.send())
                .toSuccessResponse()
                .getTokens()
                .getDPoPAccessToken();
        assertThat(token.getType()).isEqualTo(AccessTokenType.DPOP);
    }

    /** A client's own token: there is no user, but the challenge is the scheme's. */
    @Test
    void challengesAreReadByTheSdk() throws Exception {
        HTTPRequest request =
                new UserInfoRequest(provider.getUserInfoEndpointURI(), new DPoPAccessToken("x.y.z")).toHTTPRequest();
        HTTPResponse response = request.send();

        assertThat(response.getStatusCode()).isEqualTo(401);
        DPoPTokenError error = DPoPTokenError.parse(response.getWWWAuthenticate());
        assertThat(error.getCode()).isEqualTo("invalid_token");
        assertThat(error.getJWSAlgorithms()).contains(JWSAlgorithm.ES256, JWSAlgorithm.PS256);
    }
}
