package io.gatehouse.common.model;

import io.gatehouse.common.crypto.Sealed;
import java.time.Instant;

/**
 * A signing key as it lies in the store.
 *
 * @param kid RFC 7638 thumbprint of the public key
 * @param publicJwk JSON, for people who look into the store; nobody verifies with it
 * @param privateJwk the whole key as a JWK, sealed under the master key
 */
public record SealedKey(
        String kid, SigningAlgorithm algorithm, State state, String publicJwk, Sealed privateJwk, Instant createdAt) {
    /** A key is published from {@code NEXT} on, signs while {@code ACTIVE} and verifies until it leaves. */
    public enum State {
        NEXT,
        ACTIVE,
        RETIRED
    }
}
