package io.gatehouse.common.model;

import org.jspecify.annotations.Nullable;

/**
 * The public keys of a client and what it signs by them (RFC 7591, section 2; OpenID Connect Dynamic Client Registration,
 * section 2).
 *
 * @param jwks a JWK Set as JSON, public keys only; null: none, or they are at {@code jwksUri}
 * @param jwksUri where the set is fetched; null: nowhere
 * @param assertionAlgorithm {@code token_endpoint_auth_signing_alg}, a JWS name; null: any that fits its keys
 */
public record RegisteredKeys(
        @Nullable String jwks,
        @Nullable String jwksUri,
        @Nullable String assertionAlgorithm) {}
