package io.gatehouse.common.model;

import io.gatehouse.common.crypto.Sealed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A signing key as it lies in the store.
 *
 * @param kid RFC 7638 thumbprint of the public key
 * @param publicJwk JSON, for people who look into the store; nobody verifies with it
 * @param privateJwk the whole key as a JWK, sealed under the master key
 * @param stateSince when it came into its state; null: when it was created
 */
public record SealedKey(
        String kid,
        SigningAlgorithm algorithm,
        State state,
        String publicJwk,
        Sealed privateJwk,
        Instant createdAt,
        @Nullable Instant stateSince) {
    /** One that is still in its first state. */
    public SealedKey(
            String kid,
            SigningAlgorithm algorithm,
            State state,
            String publicJwk,
            Sealed privateJwk,
            Instant createdAt) {
        this(kid, algorithm, state, publicJwk, privateJwk, createdAt, null);
    }

    /** A key is published from {@code NEXT} on, signs while {@code ACTIVE} and verifies until it leaves. */
    public enum State {
        NEXT,
        ACTIVE,
        RETIRED
    }

    /** When it came into its state. */
    public Instant since() {
        return stateSince == null ? createdAt : stateSince;
    }

    /** The same key in another state. */
    public SealedKey in(State next, Instant now) {
        return new SealedKey(kid, algorithm, next, publicJwk, privateJwk, createdAt, now);
    }
}
