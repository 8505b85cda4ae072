package io.gatehouse.store;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Sealed;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.Grants.Rotate;
import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.GrantId;
import io.gatehouse.common.model.JwtAlgorithm;
import io.gatehouse.common.model.JwtApp;
import io.gatehouse.common.model.ProfileValue;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.common.model.UserProfile;
import io.gatehouse.common.model.UserState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Rows and requests that differ in what a test is about only. */
public final class Samples {
    public static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    public static final GrantTimes TIMES = times(Duration.ofSeconds(30));
    public static final String ADA = "11111111-1111-4111-8111-111111111111";
    public static final String BOB = "22222222-2222-4222-8222-222222222222";
    public static final Digest FAMILY = Digest.of("family");
    public static final Secret HASH = Secret.of("$argon2id$v=19$m=19456,t=2,p=1$AAAA$AAAA");

    private Samples() {}

    public static GrantTimes times(Duration replayWindow) {
        return new GrantTimes(
                replayWindow,
                new GrantTimes.Lifetime(Duration.ofDays(7), Duration.ofDays(7)),
                new GrantTimes.Lifetime(Duration.ofDays(30), Duration.ofDays(30)),
                new GrantTimes.Lifetime(Duration.ofDays(60), Duration.ofDays(60)),
                new GrantTimes.Lifetime(Duration.ofDays(30), Duration.ofDays(14)),
                new SessionTimes(Duration.ofDays(7), Duration.ofHours(12)));
    }

    public static Client client(String clientId) {
        return client(Tenant.MAIN, clientId, true);
    }

    public static Client client(String tenant, String clientId, boolean rotates) {
        Digest secret = Digest.of("secret of " + clientId);
        return new Client(
                tenant,
                clientId,
                "Name of " + clientId,
                AuthMethod.CLIENT_SECRET_BASIC,
                List.of(secret),
                secret,
                List.of("http://127.0.0.1:9999/callback"),
                List.of("authorization_code", "refresh_token"),
                List.of("code"),
                Scope.parse("openid profile api"),
                null,
                rotates,
                false,
                0,
                0,
                NOW,
                null,
                null);
    }

    public static JwtApp jwtApp(String name, String... audiences) {
        return jwtAppOf(Tenant.MAIN, name, audiences);
    }

    public static JwtApp jwtAppOf(String tenant, String name, String... audiences) {
        return jwtApp(tenant, name, "key", new Sealed("master", Bytes.utf8("box")), audiences);
    }

    /** @param key what the box holds */
    public static JwtApp jwtApp(String tenant, String name, String key, Sealed sealed, String... audiences) {
        return new JwtApp(
                tenant,
                name,
                JwtAlgorithm.HS256,
                sealed,
                Digest.of(key),
                Duration.ofMinutes(10),
                "https://app.example.org/",
                List.of(audiences),
                Map.of(
                        "mail", new ProfileValue(ProfileValue.Field.EMAIL, null),
                        "language", new ProfileValue(ProfileValue.Field.CLAIM, "locale")),
                Map.of("plan", "gold"),
                0,
                false);
    }

    public static JwtApp disabledJwtApp(String name) {
        JwtApp app = jwtApp(name);
        return new JwtApp(
                app.tenant(),
                app.name(),
                app.algorithm(),
                app.key(),
                app.keyDigest(),
                app.life(),
                app.issuer(),
                app.audiences(),
                app.mapping(),
                app.metadata(),
                app.version(),
                true);
    }

    public static UserProfile ada() {
        return user(Tenant.MAIN, ADA, "ada", "ada@example.org", "+15550101", "E-2");
    }

    public static UserProfile bob() {
        return user(Tenant.MAIN, BOB, "bob", null, null, null);
    }

    public static UserProfile user(
            String tenant, String subject, String username, String email, String phone, String employeeId) {
        return user(tenant, subject, username, email, email != null, phone, false, employeeId);
    }

    /** Ada, with an address and a number that are known to be hers or not. */
    public static UserProfile ada(boolean emailVerified, boolean phoneVerified) {
        return user(Tenant.MAIN, ADA, "ada", "ada@example.org", emailVerified, "+15550101", phoneVerified, "E-2");
    }

    private static UserProfile user(
            String tenant,
            String subject,
            String username,
            String email,
            boolean emailVerified,
            String phone,
            boolean phoneVerified,
            String employeeId) {
        return new UserProfile(
                tenant,
                subject,
                username,
                "Name of " + username,
                email,
                emailVerified,
                phone,
                phoneVerified,
                employeeId,
                List.of("editor"),
                UserState.ACTIVE,
                NOW,
                null,
                Map.of("locale", "en"));
    }

    public static Grant grant(String clientId) {
        return grant(Tenant.MAIN, clientId, ADA, null);
    }

    public static Grant grant(String tenant, String clientId, String subject, String confirmation) {
        Instant end = TIMES.end(TokenFamily.OAUTH, NOW);
        return new Grant(
                tenant,
                GrantId.expiring(end),
                clientId,
                subject,
                TokenFamily.OAUTH,
                Scope.parse("openid api"),
                FAMILY,
                secret(0),
                null,
                null,
                0,
                null,
                false,
                0,
                0,
                confirmation,
                null,
                NOW,
                List.of("pwd"),
                NOW,
                TIMES.idleEnd(TokenFamily.OAUTH, NOW, end),
                end,
                null);
    }

    /** Of the n-th generation. */
    public static Digest secret(int generation) {
        return Digest.of("secret " + generation);
    }

    /** The refresh token of the n-th generation, sealed. */
    public static Bytes sealed(int generation) {
        return Bytes.utf8("sealed " + generation);
    }

    /** Presents the secret of a generation, for that of the next. */
    public static Rotate rotate(Grant grant, int generation) {
        return rotate(grant, secret(generation), generation + 1);
    }

    public static Rotate rotate(Grant grant, Digest presented, int successor) {
        return new Rotate(
                grant.tenant(),
                grant.clientId(),
                grant.id(),
                FAMILY,
                presented,
                secret(successor),
                sealed(successor),
                grant.confirmation());
    }
}
