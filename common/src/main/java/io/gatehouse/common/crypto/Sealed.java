package io.gatehouse.common.crypto;

/**
 * What {@link Aead} made of a plaintext, with the name of the key that opens it.
 *
 * @param keyId which key sealed it
 * @param box nonce (12 bytes), ciphertext and tag (16 bytes)
 */
public record Sealed(String keyId, Bytes box) {}
