package io.gatehouse.token;

import io.gatehouse.common.config.BootstrapClient;
import io.gatehouse.common.config.BootstrapTenant;
import io.gatehouse.common.config.BootstrapUser;
import io.gatehouse.common.config.Cidr;
import io.gatehouse.common.config.JwtAppConfig;
import io.gatehouse.common.config.JwtLoginConfig;
import io.gatehouse.common.config.SecretValue;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Sealed;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.common.model.Branding;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.IdTokenAlgorithm;
import io.gatehouse.common.model.JwtAlgorithm;
import io.gatehouse.common.model.JwtApp;
import io.gatehouse.common.model.JwtLogin;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.OpenIdRegistration;
import io.gatehouse.common.model.PkceDemand;
import io.gatehouse.common.model.ProfileValue;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.SigningAlgorithm;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.UserProfile;
import io.gatehouse.common.model.UserState;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the configuration declares, in the words of the domain. */
final class BootstrapRecords {
    private BootstrapRecords() {}

    static Tenant tenant(BootstrapTenant declared) {
        return new Tenant(
                declared.id(),
                declared.apikey(),
                declared.administrator(),
                0,
                declared.mailUrls(),
                declared.mailTemplates(),
                branding(declared),
                declared.registration() == null ? null : declared.registration().policy());
    }

    private static @Nullable Branding branding(BootstrapTenant declared) {
        Branding branding = new Branding(declared.name(), declared.logoUri(), declared.color());
        return branding.equals(new Branding(null, null, null)) ? null : branding;
    }

    static Client client(BootstrapClient declared, Instant now, MasterKeys masterKeys) {
        SecretValue secret = declared.clientSecret();
        Digest digest = secret == null ? null : Digest.of(secret.reveal());
        String algorithm = declared.accessTokenSignedResponseAlg();
        return new Client(
                declared.tenant(),
                declared.clientId(),
                declared.clientName(),
                AuthMethod.of(declared.tokenEndpointAuthMethod()),
                digest == null ? List.of() : List.of(digest),
                digest,
                declared.redirectUris(),
                declared.grantTypes(),
                declared.responseTypes(),
                new Scope(declared.scopes()),
                algorithm == null ? null : SigningAlgorithm.of(algorithm),
                Objects.requireNonNullElse(declared.rotateRefreshTokens(), declared.profile() == null),
                false,
                0,
                0,
                now,
                jwtLogin(declared, masterKeys),
                declared.profile() == null ? pkce(declared.requirePkce()) : PkceDemand.ALWAYS,
                openId(declared, secret(declared, masterKeys)),
                BootstrapExtensions.of(declared),
                null);
    }

    /** @param secret the client's, sealed, where an algorithm needs it */
    private static @Nullable OpenIdRegistration openId(BootstrapClient declared, @Nullable Sealed secret) {
        String userinfo = declared.userinfoSignedResponseAlg();
        Integer maxAge = declared.defaultMaxAge();
        OpenIdRegistration registration = new OpenIdRegistration(
                IdTokenAlgorithm.of(declared.idTokenSignedResponseAlg()),
                userinfo == null ? null : IdTokenAlgorithm.of(userinfo),
                secret,
                maxAge == null ? -1 : maxAge,
                declared.requireAuthTime(),
                declared.postLogoutRedirectUris(),
                declared.backchannelLogoutUri(),
                declared.backchannelLogoutSessionRequired(),
                declared.policyUri(),
                declared.tosUri(),
                declared.sector());
        // As if nothing were written: what a start before these keys stored is no other client.
        return registration.equals(OpenIdRegistration.DEFAULT) ? null : registration;
    }

    /** Only where something is signed by it: elsewhere its digest is all that is kept. */
    private static @Nullable Sealed secret(BootstrapClient client, MasterKeys masterKeys) {
        SecretValue secret = client.clientSecret();
        boolean signs = client.signsBySecret()
                || AuthMethod.of(client.tokenEndpointAuthMethod()) == AuthMethod.CLIENT_SECRET_JWT;
        return secret == null || !signs
                ? null
                : ClientSecrets.seal(masterKeys, client.tenant(), client.clientId(), Secret.of(secret.reveal()));
    }

    private static @Nullable PkceDemand pkce(@Nullable Boolean required) {
        if (required == null) {
            return null;
        }
        return required ? PkceDemand.ALWAYS : PkceDemand.NEVER;
    }

    private static @Nullable JwtLogin jwtLogin(BootstrapClient client, MasterKeys masterKeys) {
        JwtLoginConfig declared = client.jwtLogin();
        if (declared == null) {
            return null;
        }
        Secret key = Secret.of(declared.key().reveal());
        return new JwtLogin(
                declared.algorithm(),
                ClientKeys.seal(masterKeys, client.tenant(), client.clientId(), declared.algorithm(), key),
                ClientKeys.digest(key),
                declared.allowUndated(),
                declared.allowAdministrator(),
                declared.requireSignedSelector(),
                declared.container(),
                Map.of(
                        declared.emailClaim(), LoginName.Kind.EMAIL,
                        declared.phoneClaim(), LoginName.Kind.PHONE,
                        declared.employeeIdClaim(), LoginName.Kind.EMPLOYEE_ID),
                declared.sourceNetworks().stream().map(Cidr::toString).toList());
    }

    /**
     * Opens a private key: not for event loops.
     *
     * @throws StartFailure where the key or a path of the mapping is none, as the rest of a sentence about the entry
     */
    static JwtApp jwtApp(JwtAppConfig declared, MasterKeys masterKeys) {
        JwtAlgorithm algorithm = JwtAlgorithm.valueOf(declared.algorithm());
        String secret = declared.secret().reveal();
        Bytes key = Bytes.utf8(
                algorithm.isAsymmetric() ? PrivateKeyPem.read(secret, algorithm).toJSONString() : secret);
        JwtAppKeys.Place place = new JwtAppKeys.Place(declared.tenant(), declared.name(), algorithm);
        URI siteUrl = declared.siteUrl();
        return new JwtApp(
                declared.tenant(),
                declared.name(),
                algorithm,
                JwtAppKeys.seal(masterKeys, place, key),
                JwtAppKeys.digest(key),
                Duration.ofSeconds(declared.expiresIn()),
                siteUrl == null ? null : siteUrl.toString(),
                declared.audiences(),
                mapping(declared.mapping()),
                declared.metadata(),
                0,
                declared.disabled());
    }

    private static Map<String, ProfileValue> mapping(Map<String, String> declared) {
        Map<String, ProfileValue> mapping = new TreeMap<>();
        new TreeMap<>(declared).forEach((claim, path) -> {
            ProfileValue value = ProfileValue.parse(path);
            if (value == null) {
                throw new StartFailure("maps the claim " + claim + " to " + path + ", which no profile has: write "
                        + ProfileValue.NOTATIONS);
            }
            mapping.put(claim, value);
        });
        return mapping;
    }

    /** Its subject counts only where the user is new. */
    static UserProfile user(BootstrapUser declared, Instant now) {
        return new UserProfile(
                declared.tenant(),
                UUID.randomUUID().toString(),
                declared.username(),
                declared.name(),
                declared.email(),
                declared.emailVerified(),
                declared.phone(),
                declared.phone() != null && !Boolean.FALSE.equals(declared.phoneVerified()),
                declared.employeeId(),
                declared.roles(),
                declared.disabled() ? UserState.DEACTIVATED : UserState.ACTIVE,
                now,
                null,
                Map.of());
    }

    static @Nullable Secret password(BootstrapUser declared) {
        SecretValue password = declared.password();
        return password == null ? null : Secret.of(password.reveal());
    }
}
