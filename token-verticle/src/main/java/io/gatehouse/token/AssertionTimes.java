package io.gatehouse.token;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whether a client's assertion is of now (RFC 7523, section 3, items 4 to 6), and when it must be remembered.
 *
 * @param since nobody's presentation of it was accepted before
 * @param until from here on none will be
 */
record AssertionTimes(Instant since, Instant until) {
    /** By so much a client's clock may differ from ours. */
    private static final Duration SKEW = Duration.ofSeconds(30);

    /** Ahead of now: for so long at most it has to be remembered. */
    private static final Duration MAX_LIFE = Duration.ofHours(1);

    /** @throws io.gatehouse.common.error.OAuthFailure invalid_client */
    static AssertionTimes of(JsonNode claims, Instant now) {
        return of(claims, now, MAX_LIFE, ClientAssertion::invalid);
    }

    /**
     * Of another kind of assertion.
     *
     * @param longest it may live, an hour at most
     * @param refusal of one that is not of now, by the reason
     */
    static AssertionTimes of(
            JsonNode claims, Instant now, Duration longest, Function<String, RuntimeException> refusal) {
        Instant expiresAt = time(claims, "exp", refusal);
        if (expiresAt == null) {
            throw refusal.apply("it has no exp");
        }
        if (!now.isBefore(expiresAt.plus(SKEW))) {
            throw refusal.apply("it has expired");
        }
        if (expiresAt.isAfter(now.plus(longest))) {
            throw refusal.apply("it lives longer than " + text(longest));
        }
        Instant since = expiresAt.minus(longest);
        for (String name : new String[] {"iat", "nbf"}) {
            Instant start = time(claims, name, refusal);
            if (start != null && start.isAfter(now.plus(SKEW))) {
                throw refusal.apply("its " + name + " lies in the future");
            }
            since = start == null ? since : later(since, start.minus(SKEW));
        }
        return new AssertionTimes(since, expiresAt.plus(SKEW));
    }

    private static String text(Duration time) {
        return time.toSecondsPart() == 0 ? time.toMinutes() + " minutes" : time.toSeconds() + " seconds";
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static @Nullable Instant time(JsonNode claims, String name, Function<String, RuntimeException> refusal) {
        Instant time = JwtClaims.time(claims, name);
        if (time == null && claims.has(name)) {
            throw refusal.apply("its " + name + " is no time in whole seconds");
        }
        return time;
    }
}
