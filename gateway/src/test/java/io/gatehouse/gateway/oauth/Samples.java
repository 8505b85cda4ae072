package io.gatehouse.gateway.oauth;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Sealed;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.ClientStatement;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.Issuer.Issued;
import io.gatehouse.common.message.JwtAppStatement;
import io.gatehouse.common.message.LogoutStatement;
import io.gatehouse.common.message.ProfileStatement;
import io.gatehouse.common.model.AccessLimits;
import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.GrantId;
import io.gatehouse.common.model.JwtAlgorithm;
import io.gatehouse.common.model.JwtApp;
import io.gatehouse.common.model.JwtLogin;
import io.gatehouse.common.model.OAuthRegistration;
import io.gatehouse.common.model.OpenIdRegistration;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.SelfRegistration;
import io.gatehouse.common.model.Ticket;
import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.common.model.UserProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records as the store would state them. Their MACs are good for nothing: a gateway only carries them. */
public final class Samples {
    public static final String SECRET = "web-secret-0123456789abcdef0123456789";
    static final GrantId GRANT = GrantId.expiring(TestClock.START.plus(Duration.ofDays(30)));
    private static final Attestor STORE = new Attestor(Bytes.of(new byte[32]));

    private Samples() {}

    public static Client client(String clientId) {
        return client(clientId, AuthMethod.CLIENT_SECRET_BASIC, false);
    }

    /** One that is a service itself. */
    public static Client serving(String clientId, List<String> resources, boolean defaultAudience) {
        AccessLimits limits = new AccessLimits(List.of(), List.of(), resources, defaultAudience);
        return registered(clientId, new OAuthRegistration(null, null, false, limits));
    }

    /** One that nobody declared. */
    static Client stranger(String clientId) {
        return registered(
                clientId,
                null,
                new SelfRegistration(
                        SelfRegistration.Source.REGISTRATION,
                        null,
                        false,
                        null,
                        null,
                        List.of(),
                        null,
                        null,
                        null,
                        false));
    }

    /** One that registered this for extensions of OAuth 2.0. */
    static Client registered(String clientId, OAuthRegistration oauth) {
        return registered(clientId, oauth, null);
    }

    private static Client registered(
            String clientId, @Nullable OAuthRegistration oauth, @Nullable SelfRegistration selfRegistration) {
        Client plain = client(clientId);
        return new Client(
                plain.tenant(),
                clientId,
                plain.clientName(),
                plain.authMethod(),
                plain.secretDigests(),
                plain.declaredSecret(),
                plain.redirectUris(),
                plain.grantTypes(),
                plain.responseTypes(),
                plain.scope(),
                plain.accessTokenAlgorithm(),
                plain.rotatesRefreshTokens(),
                false,
                plain.epoch(),
                plain.version(),
                plain.createdAt(),
                null,
                null,
                null,
                oauth,
                selfRegistration);
    }

    static Client publicClient(String clientId) {
        return client(clientId, AuthMethod.NONE, false);
    }

    static Client disabledClient(String clientId) {
        return client(clientId, AuthMethod.CLIENT_SECRET_BASIC, true);
    }

    /** One that may log users in by JWT. */
    static Client loginClient(String clientId, List<String> sourceNetworks) {
        return client(
                clientId,
                AuthMethod.CLIENT_SECRET_BASIC,
                false,
                new JwtLogin(
                        "HS256",
                        new Sealed("master-1", Bytes.of(new byte[16])),
                        Digest.of("x"),
                        false,
                        false,
                        false,
                        "data",
                        Map.of(),
                        sourceNetworks));
    }

    private static Client client(String clientId, AuthMethod method, boolean disabled) {
        return client(clientId, method, disabled, null);
    }

    private static Client client(String clientId, AuthMethod method, boolean disabled, JwtLogin login) {
        boolean confidential = method != AuthMethod.NONE;
        return new Client(
                "main",
                clientId,
                null,
                method,
                confidential ? List.of(Secret.of(SECRET).digest()) : List.of(),
                null,
                List.of(),
                List.of("client_credentials", "refresh_token"),
                List.of(),
                Scope.parse("openid profile api offline_access"),
                null,
                true,
                disabled,
                0,
                1,
                TestClock.START,
                login,
                null);
    }

    /** One that is to hear of logouts. */
    public static Client logoutClient(String clientId, String backchannelLogoutUri) {
        Client plain = client(clientId);
        OpenIdRegistration none = OpenIdRegistration.DEFAULT;
        return new Client(
                plain.tenant(),
                clientId,
                plain.clientName(),
                plain.authMethod(),
                plain.secretDigests(),
                plain.declaredSecret(),
                plain.redirectUris(),
                plain.grantTypes(),
                plain.responseTypes(),
                plain.scope(),
                plain.accessTokenAlgorithm(),
                plain.rotatesRefreshTokens(),
                false,
                plain.epoch(),
                plain.version(),
                plain.createdAt(),
                null,
                null,
                new OpenIdRegistration(
                        none.idTokenAlgorithm(),
                        null,
                        null,
                        -1,
                        false,
                        List.of(),
                        backchannelLogoutUri,
                        false,
                        null,
                        null,
                        null),
                null,
                null);
    }

    /** The store's word on a session that ended. */
    public static Attestation logout(String clientId, String subject) {
        return STORE.attest(new LogoutStatement("main", clientId, subject, "sid", TestClock.START.plusSeconds(5)));
    }

    public static Clients.Found found(Client client) {
        return new Clients.Found(STORE.attest(new ClientStatement(client, TestClock.START.plusSeconds(60))));
    }

    static AuthenticatedClient authenticated(Client client) {
        Attestation statement = found(client).client();
        return new AuthenticatedClient(client, statement, client.isPublic() ? null : Secret.of(SECRET));
    }

    public static Attestation ticket(String clientId, String scope) {
        return ticket(TokenFamily.LOGIN, clientId, scope);
    }

    public static Attestation ticket(TokenFamily family, String clientId, String scope) {
        return STORE.attest(new Ticket(
                "main",
                clientId,
                Tokens.SUBJECT,
                family,
                Scope.parse(scope),
                List.of(),
                GRANT,
                TestClock.START.plus(Duration.ofDays(30)),
                0,
                0,
                null,
                null,
                TestClock.START,
                List.of("pwd"),
                null,
                Bytes.of(new byte[16]),
                TestClock.START.plusSeconds(5)));
    }

    /** Of a login that opens JWT apps. */
    public static Attestation ticket(String tenant, TokenFamily family, String clientId) {
        return STORE.attest(new Ticket(
                tenant,
                clientId,
                Tokens.SUBJECT,
                family,
                Scope.EMPTY,
                List.of(),
                GRANT,
                TestClock.START.plus(Duration.ofDays(60)),
                0,
                0,
                null,
                null,
                TestClock.START,
                List.of("pwd"),
                null,
                Bytes.of(new byte[16]),
                TestClock.START.plusSeconds(5)));
    }

    public static Attestation profile(UserProfile profile) {
        return STORE.attest(new ProfileStatement(profile, 0, TestClock.START.plusSeconds(5)));
    }

    /** @param version tells two statements about one app apart */
    public static Attestation app(String tenant, String name, long version) {
        JwtApp app = new JwtApp(
                tenant,
                name,
                JwtAlgorithm.HS256,
                new Sealed("master-1", Bytes.of(new byte[16])),
                Digest.of("x"),
                Duration.ofMinutes(10),
                null,
                List.of(),
                Map.of(),
                Map.of(),
                version,
                false);
        return STORE.attest(new JwtAppStatement(app, TestClock.START.plusSeconds(60)));
    }

    public static Issued issued(Scope scope) {
        Instant now = TestClock.START;
        return new Issued(Secret.of("access-token"), scope, now, now.plusSeconds(600));
    }

    public static Grant grant(String clientId) {
        Digest digest = Digest.of("x");
        Instant end = TestClock.START.plus(Duration.ofDays(30));
        return new Grant(
                "main",
                GRANT,
                clientId,
                Tokens.SUBJECT,
                TokenFamily.OAUTH,
                Scope.parse("openid"),
                digest,
                digest,
                null,
                null,
                0,
                null,
                false,
                0,
                0,
                null,
                null,
                TestClock.START,
                List.of(),
                TestClock.START,
                end,
                end,
                null);
    }
}
