package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.PushedAuthorizationRequest;
import com.nimbusds.oauth2.sdk.PushedAuthorizationResponse;
import com.nimbusds.oauth2.sdk.PushedAuthorizationSuccessResponse;
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
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.OAuthRegistration;
import io.gatehouse.common.model.RegisteredKeys;
import io.gatehouse.common.model.RequestDemands;
import io.gatehouse.store.Store;
import io.vertx.core.Future;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An application that uses Nimbus' SDK and pushes its requests, plain or signed, or lets them be fetched. */
class NimbusRequestsTest {
    private static final String SIGNING = "signing";
    private static final URI CALLBACK = URI.create(CodeFlow.REDIRECT_URI);
    private static final RSAKey KEY = key();

    private static final RequestPlace PLACE = new RequestPlace();

    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo().with("http_client.allow", "127.0.0.0/8");

    private final URI base = NODE.caller().base();
    private final Person person = new Person(base);
    private final CodeVerifier verifier = new CodeVerifier();
    private final State state = new State();

    private static RSAKey key() {
        try {
            return new RSAKeyGenerator(2048).keyID("of-the-client").generate();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeAll
    static void declareClient() {
        NODE.change(NimbusRequestsTest::declare);
    }

    /** As the demo's, with a key, and obliged to sign by it. */
    private static Future<?> declare(Store store) {
        return store.clients()
                .find("main", "demo")
                .compose(demo -> store.clients()
                        .declare(new Client(
                                demo.tenant(),
                                SIGNING,
                                demo.clientName(),
                                demo.authMethod(),
                                demo.secretDigests(),
                                demo.declaredSecret(),
                                demo.redirectUris(),
                                demo.grantTypes(),
                                demo.responseTypes(),
                                demo.scope(),
                                null,
                                true,
                                false,
                                0,
                                0,
                                demo.createdAt(),
                                null,
                                null,
                                demo.openId(),
                                new OAuthRegistration(
                                        new RegisteredKeys(new JWKSet(KEY.toPublicJWK()).toString(), null, null),
                                        new RequestDemands(false, true, "PS256", List.of(PLACE.uri()), null),
                                        false,
                                        null),
                                null)));
    }

    @Test
    void pushesItsRequest() throws Exception {
        ClientID demo = new ClientID("demo");
        assertCodeOf(demo, push(demo, request(demo)));
    }

    @Test
    void pushesASignedRequest() throws Exception {
        ClientID signing = new ClientID(SIGNING);
        PushedAuthorizationResponse refused = push(signing, request(signing));
        assertThat(refused.indicatesSuccess()).isFalse();
        assertThat(refused.toErrorResponse().getErrorObject().getCode()).isEqualTo("invalid_request");
        assertCodeOf(signing, push(signing, new AuthorizationRequest.Builder(signed(signing), signing).build()));
    }

    @Test
    void sendsASignedRequestByTheBrowser() throws Exception {
        ClientID signing = new ClientID(SIGNING);
        URI request = new AuthorizationRequest.Builder(signed(signing), signing)
                .endpointURI(provider().getAuthorizationEndpointURI())
                .build()
                .toURI();
        redeem(signing, code(person.goOn(person.open(request.toString()))));
    }

    @Test
    void letsItsSignedRequestBeFetched() throws Exception {
        ClientID signing = new ClientID(SIGNING);
        PLACE.put(200, signed(signing).serialize());
        String request =
                "/oauth2/authorize?" + Caller.form("client_id", SIGNING, "request_uri", PLACE.uri() + "#for-caches");
        redeem(signing, code(person.goOn(person.open(request))));
    }

    @ParameterizedTest
    @CsvSource({"404, 0", "302, 0", "500, 0", "200, 17000", "200, 70000"})
    void whatCantBeFetchedIsToldTheClient(int status, int padding) throws Exception {
        PLACE.put(status, signed(new ClientID(SIGNING)).serialize() + "A".repeat(padding));
        String[] request = {
            "client_id", SIGNING, "request_uri", PLACE.uri(), "redirect_uri", CodeFlow.REDIRECT_URI, "state", "outside"
        };
        assertThat(person.open("/oauth2/authorize?" + Caller.form(request)).answer())
                .containsEntry("error", "invalid_request_uri")
                .containsEntry("state", "outside")
                .doesNotContainKey("code");
    }

    private void assertCodeOf(ClientID client, PushedAuthorizationResponse response) throws Exception {
        assertThat(response.indicatesSuccess()).isTrue();
        PushedAuthorizationSuccessResponse pushed = response.toSuccessResponse();
        assertThat(pushed.getLifetime()).isEqualTo(90);
        URI request = new AuthorizationRequest.Builder(pushed.getRequestURI(), client)
                .endpointURI(provider().getAuthorizationEndpointURI())
                .build()
                .toURI();
        redeem(client, code(person.goOn(person.open(request.toString()))));
    }

    private PushedAuthorizationResponse push(ClientID client, AuthorizationRequest request) throws Exception {
        URI endpoint = provider().getPushedAuthorizationRequestEndpointURI();
        return PushedAuthorizationResponse.parse(new PushedAuthorizationRequest(endpoint, basic(client), request)
                .toHTTPRequest()
                .send());
    }

    private AuthorizationRequest request(ClientID client) {
        return new AuthenticationRequest.Builder(
                        new ResponseType(ResponseType.Value.CODE), new Scope("openid", "email"), client, CALLBACK)
                .state(state)
                .codeChallenge(verifier, CodeChallengeMethod.S256)
                .build();
    }

    private SignedJWT signed(ClientID client) throws Exception {
        JWTClaimsSet claims = new JWTClaimsSet.Builder(request(client).toJWTClaimsSet())
                .issuer(client.getValue())
                .audience(base.toString())
                .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                .build();
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.PS256)
                        .type(new JOSEObjectType("oauth-authz-req+jwt"))
                        .keyID(KEY.getKeyID())
                        .build(),
                claims);
        jwt.sign(new RSASSASigner(KEY));
        return jwt;
    }

    private AuthorizationCode code(Page answer) throws Exception {
        AuthenticationSuccessResponse response =
                AuthenticationResponseParser.parse(answer.location()).toSuccessResponse();
        assertThat(response.getState()).isEqualTo(state);
        return response.getAuthorizationCode();
    }

    private void redeem(ClientID client, AuthorizationCode code) throws Exception {
        TokenRequest request = new TokenRequest.Builder(
                        provider().getTokenEndpointURI(),
                        basic(client),
                        new AuthorizationCodeGrant(code, CALLBACK, verifier))
                .build();
        assertThat(request.toHTTPRequest().send().getStatusCode()).isEqualTo(200);
    }

    private OIDCProviderMetadata provider() throws Exception {
        return OIDCProviderMetadata.resolve(new Issuer(base));
    }

    private static ClientSecretBasic basic(ClientID client) {
        return new ClientSecretBasic(client, new Secret(RunningNode.DEMO_SECRET));
    }
}
