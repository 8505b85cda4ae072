package io.gatehouse.gateway.oauth;

import static io.gatehouse.gateway.oauth.TestNode.await;
import static io.gatehouse.gateway.oauth.TestNode.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.Grants;
import io.gatehouse.common.message.Issuer;
import io.gatehouse.common.message.Issuer.Authority.ByClientSecret;
import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.common.model.Scope;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pipeline: the client first, then the grant, then the token. */
class TokenServiceTest {
    private static final ClientCredentials WEB =
            new ClientCredentials(AuthMethod.CLIENT_SECRET_BASIC, "web", Secret.of(Samples.SECRET));
    private static final ClientCredentials SPA = new ClientCredentials(AuthMethod.NONE, "spa", null);
    private final TestNode node = new TestNode();
    private TokenService tokens;

    @BeforeEach
    void start() {
        node.on(
                Clients.Find.class,
                find -> Samples.found(
                        find.clientId().equals("spa") ? Samples.publicClient("spa") : Samples.client(find.clientId())));
        node.on(Issuer.Issue.class, issue -> Samples.issued(issue.scope()));
        tokens = node.protocol(node.knowledge()).tokens();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private static Parameters parameters(String... namesAndValues) {
        Parameters parameters = new Parameters();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return parameters;
    }

    private TokenResponse grant(Parameters parameters) {
        return await(tokens.token(new TokenRequest("main", WEB, parameters)));
    }

    private Code refusalOf(ClientCredentials client, Parameters parameters) {
        return ((OAuthError.Protocol) refusal(tokens.token(new TokenRequest("main", client, parameters)))).code();
    }

    @Test
    void metadataMayPromiseWhatThereIs() {
        assertThat(tokens.grantTypes())
                .isEqualTo(Set.of(
                        "authorization_code",
                        "client_credentials",
                        "refresh_token",
                        "urn:ietf:params:oauth:grant-type:device_code",
                        "urn:ietf:params:oauth:grant-type:jwt-bearer",
                        "urn:ietf:params:oauth:grant-type:token-exchange"));
    }

    @Test
    void aClientGetsATokenForItself() {
        TokenResponse response = grant(parameters("grant_type", "client_credentials", "scope", "api"));

        assertThat(response.accessToken().reveal()).isEqualTo("access-token");
        assertThat(response.refreshToken()).isNull();
        Issuer.Issue issue = node.askedOnce(Issuer.Issue.class);
        assertThat(issue.scope()).isEqualTo(Scope.parse("api"));
        assertThat(((ByClientSecret) issue.authority()).secret()).isEqualTo(Secret.of(Samples.SECRET));
    }

    /** Scopes that speak of an end user mean nothing where there is none. */
    @Test
    void withoutScopeAClientGetsWhatIsNotAnEndUsers() {
        grant(parameters("grant_type", "client_credentials"));
        grant(parameters("grant_type", "client_credentials", "scope", ""));

        assertThat(node.asked(Issuer.Issue.class))
                .extracting(Issuer.Issue::scope)
                .containsOnly(Scope.parse("api"));
    }

    @Test
    void aPublicClientGetsNoneForItself() {
        assertThat(refusalOf(SPA, parameters("grant_type", "client_credentials")))
                .isEqualTo(Code.UNAUTHORIZED_CLIENT);
        assertThat(node.asked(Issuer.Issue.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"password", "Authorization_code", "implicit", "CLIENT_CREDENTIALS", "client_credentials ", "x"})
    void anUnknownGrantIsUnsupported(String grantType) {
        assertThat(refusalOf(WEB, parameters("grant_type", grantType))).isEqualTo(Code.UNSUPPORTED_GRANT_TYPE);
    }

    /** The client of these tests is not registered for it. */
    @Test
    void aGrantMustBeRegistered() {
        assertThat(refusalOf(WEB, parameters("grant_type", "authorization_code", "code", "x")))
                .isEqualTo(Code.UNAUTHORIZED_CLIENT);
    }

    @Test
    void aGrantTypeIsNeeded() {
        assertThat(refusalOf(WEB, parameters())).isEqualTo(Code.INVALID_REQUEST);
        assertThat(refusalOf(WEB, parameters("grant_type", ""))).isEqualTo(Code.INVALID_REQUEST);
    }

    @Test
    void aStrangerLearnsNothingOfGrants() {
        ClientCredentials stranger = new ClientCredentials(AuthMethod.CLIENT_SECRET_POST, "web", Secret.of("wrong"));

        assertThat(refusalOf(stranger, parameters())).isEqualTo(Code.INVALID_CLIENT);
        assertThat(refusalOf(stranger, parameters("grant_type", "x"))).isEqualTo(Code.INVALID_CLIENT);
        assertThat(refusalOf(null, parameters("grant_type", "refresh_token", "refresh_token", "x")))
                .isEqualTo(Code.INVALID_CLIENT);
        assertThat(node.asked(Grants.Rotate.class)).isEmpty();
    }

    @Test
    void aRefreshTokenIsNeededToRefresh() {
        assertThat(refusalOf(WEB, parameters("grant_type", "refresh_token"))).isEqualTo(Code.INVALID_REQUEST);
        assertThat(refusalOf(WEB, parameters("grant_type", "refresh_token", "refresh_token", "x")))
                .isEqualTo(Code.INVALID_GRANT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b", "a\\b", "\u00e4", "a\tb", "a\nb"})
    void anOddScopeIsRefused(String scope) {
        assertThat(refusalOf(WEB, parameters("grant_type", "client_credentials", "scope", scope)))
                .isEqualTo(Code.INVALID_SCOPE);
        assertThat(refusalOf(WEB, parameters("grant_type", "refresh_token", "refresh_token", "x", "scope", scope)))
                .isEqualTo(Code.INVALID_SCOPE);
    }

    @Test
    void aPublicClientMayRefresh() {
        node.on(Grants.Rotate.class, rotate -> new Grants.Rotation.Rotated(Samples.ticket("spa", "openid"), 1));
        String token = RefreshToken.first(Samples.GRANT).encode().reveal();
        await(tokens.token(
                new TokenRequest("main", SPA, parameters("grant_type", "refresh_token", "refresh_token", token))));

        assertThat(node.askedOnce(Grants.Rotate.class).clientId()).isEqualTo("spa");
    }
}
