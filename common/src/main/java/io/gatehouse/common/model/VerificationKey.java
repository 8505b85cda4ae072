package io.gatehouse.common.model;

/**
 * A public key that tokens are verified with.
 *
 * @param algorithm the only one that counts for this key, whatever a token's header says
 * @param jwk the public JWK as JSON (RFC 7517), with {@code kid}, {@code alg} and {@code use}
 */
public record VerificationKey(String kid, SigningAlgorithm algorithm, String jwk) {}
