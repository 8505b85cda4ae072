package io.gatehouse.common.model;

import org.jspecify.annotations.Nullable;

/**
 * On what terms one access token is wanted, within what its authority allows.
 *
 * @param confirmation the key that the request proved to hold (RFC 9449: JWK SHA-256 thumbprint, base64url); null: none
 * @param access narrower than was granted; null: all of that
 */
public record TokenTerms(
        @Nullable String confirmation, @Nullable RequestedAccess access) {}
