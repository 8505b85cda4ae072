package io.gatehouse.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether a client's JWT is of now, and when it must be remembered so that it counts once only.
 *
 * @param since nobody's presentation of it was accepted before
 * @param until from here on none will be
 */
record ClientJwtTimes(Instant since, Instant until) {
    private static final Duration SKEW = Duration.ofMinutes(1);
    private static final Duration MAX_AGE = Duration.ofMinutes(5);

    /** Without a time of issue only the expiry bounds how long it has to be remembered. */
    private static final Duration MAX_LIFE = Duration.ofHours(1);

    /**
     * Null for one without any time, where those are allowed.
     *
     * @throws io.gatehouse.common.error.OAuthFailure invalid_grant
     */
    static @Nullable ClientJwtTimes of(ClientJwtClaims claims, boolean allowUndated, Instant now) {
        Instant expiresAt = claims.time("exp");
        Instant notBefore = claims.time("nbf");
        Instant issuedAt = earlier(notFuture(claims.time("iat"), now), notFuture(claims.time("time"), now));
        notFuture(notBefore, now);
        if (issuedAt == null && expiresAt == null) {
            issuedAt = notBefore;
        }
        if (expiresAt == null && issuedAt == null) {
            if (!allowUndated) {
                throw ClientJwt.invalid("it has no time: add iat, time or exp");
            }
            return null;
        }
        if (issuedAt != null && !now.isBefore(issuedAt.plus(MAX_AGE).plus(SKEW))) {
            throw ClientJwt.invalid("it is older than " + MAX_AGE.toSeconds() + " seconds");
        }
        if (expiresAt != null) {
            checkExpiry(expiresAt, now);
        }
        return new ClientJwtTimes(
                start(expiresAt, issuedAt), end(expiresAt, issuedAt).plus(SKEW));
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }

    private static @Nullable Instant notFuture(@Nullable Instant time, Instant now) {
        if (time != null && time.isAfter(now.plus(SKEW))) {
            throw ClientJwt.invalid("it is of the future");
        }
        return time;
    }

    private static void checkExpiry(Instant expiresAt, Instant now) {
        if (!now.isBefore(expiresAt.plus(SKEW))) {
            throw ClientJwt.invalid("it has expired");
        }
        if (expiresAt.isAfter(now.plus(MAX_LIFE))) {
            throw ClientJwt.invalid("it lives longer than " + MAX_LIFE.toMinutes() + " minutes");
        }
    }

    private static Instant start(@Nullable Instant expiresAt, @Nullable Instant issuedAt) {
        return issuedAt == null ? Objects.requireNonNull(expiresAt).minus(MAX_LIFE) : issuedAt.minus(SKEW);
    }

    private static Instant end(@Nullable Instant expiresAt, @Nullable Instant issuedAt) {
        Instant byAge = issuedAt == null ? Instant.MAX.minus(SKEW) : issuedAt.plus(MAX_AGE);
        return expiresAt == null || byAge.isBefore(expiresAt) ? byAge : expiresAt;
    }
}
