package io.gatehouse.store;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.JwtApp;
import io.gatehouse.common.model.JwtLogin;
import io.gatehouse.common.model.OpenIdRegistration;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.User;
import io.gatehouse.common.model.UserProfile;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Configuration as code: what a declaration makes of the row that is there. What it does not declare stays: states,
 * epochs, passwords, and secrets that were rotated since.
 */
public final class Declarations {
    private Declarations() {}

    /** The row that is there, where the declaration changes nothing. */
    public static Tenant tenant(@Nullable Tenant existing, Tenant declared) {
        if (existing != null && existing.declaresSameAs(declared)) {
            return existing;
        }
        long version = existing == null ? 1 : existing.version() + 1;
        return declared.withVersion(version);
    }

    /** The row that is there, where the declaration changes nothing. */
    public static Client client(@Nullable Client existing, Client declared) {
        if (existing == null) {
            return merged(declared, declared, declared.secretDigests(), 1);
        }
        List<Digest> secrets = wasRotated(existing) ? existing.secretDigests() : declared.secretDigests();
        Client same = merged(existing, declared, secrets, existing.version());
        return same.equals(existing) ? existing : merged(existing, declared, secrets, existing.version() + 1);
    }

    /** Somebody replaced the secret that the configuration had declared. */
    private static boolean wasRotated(Client client) {
        List<Digest> declared = client.declaredSecret() == null ? List.of() : List.of(client.declaredSecret());
        return !client.secretDigests().equals(declared);
    }

    private static Client merged(Client kept, Client declared, List<Digest> secrets, long version) {
        return new Client(
                declared.tenant(),
                declared.clientId(),
                declared.clientName(),
                declared.authMethod(),
                secrets,
                declared.declaredSecret(),
                declared.redirectUris(),
                declared.grantTypes(),
                declared.responseTypes(),
                declared.scope(),
                declared.accessTokenAlgorithm(),
                declared.rotatesRefreshTokens(),
                kept.disabled(),
                kept.epoch(),
                version,
                kept.createdAt(),
                jwtLogin(kept.jwtLogin(), declared.jwtLogin()),
                declared.pkce(),
                openId(kept, declared),
                declared.oauth(),
                declared.selfRegistration());
    }

    /** The box goes the way of the secret's digest: what the configuration declares is not what a rotated client knows. */
    private static @Nullable OpenIdRegistration openId(Client kept, Client declared) {
        OpenIdRegistration before = kept.openId();
        OpenIdRegistration now = declared.openId();
        if (now == null) {
            return null;
        }
        if (wasRotated(kept)) {
            return now.withSecret(before == null ? null : before.secret());
        }
        boolean sameSecret = Objects.equals(kept.declaredSecret(), declared.declaredSecret());
        return before != null && sameSecret && before.declaresSameAs(now) ? before : now;
    }

    /** A start seals the key anew; the stored box of the same key stays. */
    private static @Nullable JwtLogin jwtLogin(@Nullable JwtLogin kept, @Nullable JwtLogin declared) {
        return kept != null && declared != null && kept.declaresSameAs(declared) ? kept : declared;
    }

    /** The row that is there, where the declaration changes nothing. */
    public static JwtApp jwtApp(@Nullable JwtApp existing, JwtApp declared) {
        if (existing != null && existing.declaresSameAs(declared)) {
            return existing;
        }
        return declared.withVersion(existing == null ? 1 : existing.version() + 1);
    }

    /**
     * The row that is there, where the declaration changes nothing.
     *
     * @param passwordHash taken only where the user is new
     */
    public static User user(@Nullable User existing, UserProfile declared, @Nullable Secret passwordHash) {
        if (existing == null) {
            return new User(declared, passwordHash, 0, 1);
        }
        UserProfile profile = merged(existing.profile(), declared);
        return profile.equals(existing.profile())
                ? existing
                : new User(profile, existing.passwordHash(), existing.epoch(), existing.version() + 1);
    }

    private static UserProfile merged(UserProfile kept, UserProfile declared) {
        return new UserProfile(
                kept.tenant(),
                kept.subject(),
                declared.username(),
                declared.name(),
                declared.email(),
                declared.emailVerified(),
                declared.phone(),
                declared.phoneVerified(),
                declared.employeeId(),
                declared.roles(),
                kept.state(),
                kept.createdAt(),
                kept.lastLoginAt(),
                declared.claims());
    }
}
