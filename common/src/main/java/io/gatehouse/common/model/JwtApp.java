package io.gatehouse.common.model;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Sealed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An application that takes JWTs about users, signed with a key of its own; such a JWT opens nothing here.
 *
 * @param name unique in its tenant: letters, digits, {@code -}, {@code _} and {@code .}
 * @param key the shared secret, or the private key as a JWK, sealed for the token role
 * @param keyDigest tells whether a declaration brings another key: two seals of one key differ
 * @param life of a JWT
 * @param issuer the {@code iss}; null: below the tenant's issuer, by the app's name
 * @param audiences the {@code aud}; empty: the claim is left out
 * @param mapping further claims of the user's profile, by claim name
 * @param metadata further claims that are always the same
 * @param version counts changes
 * @param disabled whether it gets no more JWTs, and its key is no longer published
 */
public record JwtApp(
        String tenant,
        String name,
        JwtAlgorithm algorithm,
        Sealed key,
        Digest keyDigest,
        Duration life,
        @Nullable String issuer,
        List<String> audiences,
        Map<String, ProfileValue> mapping,
        Map<String, String> metadata,
        long version,
        boolean disabled) {
    public JwtApp {
        audiences = List.copyOf(audiences);
        mapping = Map.copyOf(mapping);
        metadata = Map.copyOf(metadata);
    }

    /** The same app in the same words, whatever its version and box: another seal by the same master key is no news. */
    public boolean declaresSameAs(JwtApp other) {
        return withKey(key, version).equals(other.withKey(new Sealed(other.key.keyId(), key.box()), version));
    }

    /** The same with another count of changes. */
    public JwtApp withVersion(long newVersion) {
        return withKey(key, newVersion);
    }

    private JwtApp withKey(Sealed newKey, long newVersion) {
        return new JwtApp(
                tenant,
                name,
                algorithm,
                newKey,
                keyDigest,
                life,
                issuer,
                audiences,
                mapping,
                metadata,
                newVersion,
                disabled);
    }
}
