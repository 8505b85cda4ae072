package io.gatehouse.common.model;

import org.jspecify.annotations.Nullable;

/**
 * On what terms one access token is wanted, within what its authority allows.
 *
 * @param confirmation what the request proved to hold, as {@link Confirmation#text} gives it: a key (RFC 9449) or a certificate
 *     (RFC 8705); null: nothing
 * @param access narrower than was granted; null: all of that
 */
public record TokenTerms(
        @Nullable String confirmation, @Nullable RequestedAccess access) {}
