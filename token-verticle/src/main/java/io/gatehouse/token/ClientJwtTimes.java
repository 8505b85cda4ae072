package io.gatehouse.token;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether a client's JWT is of now, and until when it must be remembered so that it counts once only. */
final class ClientJwtTimes {
    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final Duration MAX_AGE = Duration.ofSeconds(300);

    /** Without a time of issue only the expiry bounds how long it has to be remembered. */
    private static final Duration MAX_LIFE = Duration.ofHours(1);

    private ClientJwtTimes() {}

    /**
     * The end of its memory; null for one without any time, where those are allowed.
     *
     * @throws io.gatehouse.common.error.OAuthFailure invalid_grant
     */
    static @Nullable Instant end(ClientJwtClaims claims, boolean allowUndated, Instant now) {
        Instant expiresAt = claims.time("exp");
        Instant issuedAt = issuedAt(claims, expiresAt);
        if (expiresAt == null && issuedAt == null) {
            if (!allowUndated) {
                throw ClientJwt.invalid("it has no time: add iat, time or exp");
            }
            return null;
        }
        if (issuedAt != null) {
            checkIssue(issuedAt, now);
        }
        if (expiresAt != null) {
            checkExpiry(expiresAt, now);
        }
        return end(expiresAt, issuedAt).plus(SKEW);
    }

    private static @Nullable Instant issuedAt(ClientJwtClaims claims, @Nullable Instant expiresAt) {
        Instant issuedAt = later(claims.time("iat"), claims.time("time"));
        Instant notBefore = claims.time("nbf");
        return issuedAt == null && expiresAt == null ? notBefore : later(issuedAt, notBefore);
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isAfter(other) ? one : other;
    }

    private static void checkIssue(Instant issuedAt, Instant now) {
        if (issuedAt.isAfter(now.plus(SKEW))) {
            throw ClientJwt.invalid("it is of the future");
        }
        if (!now.isBefore(issuedAt.plus(MAX_AGE).plus(SKEW))) {
            throw ClientJwt.invalid("it is older than " + MAX_AGE.toSeconds() + " seconds");
        }
    }

    private static void checkExpiry(Instant expiresAt, Instant now) {
        if (!now.isBefore(expiresAt.plus(SKEW))) {
            throw ClientJwt.invalid("it has expired");
        }
        if (expiresAt.isAfter(now.plus(MAX_LIFE))) {
            throw ClientJwt.invalid("it lives longer than " + MAX_LIFE.toMinutes() + " minutes");
        }
    }

    private static Instant end(@Nullable Instant expiresAt, @Nullable Instant issuedAt) {
        Instant byAge = issuedAt == null ? Instant.MAX.minus(SKEW) : issuedAt.plus(MAX_AGE);
        return expiresAt == null || byAge.isBefore(expiresAt) ? byAge : expiresAt;
    }
}
