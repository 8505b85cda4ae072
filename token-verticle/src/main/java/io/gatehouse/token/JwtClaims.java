package io.gatehouse.token;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How claims are read. */
final class JwtClaims {
    /** Three thousand years: a larger number counts no seconds. */
    private static final long MOST_SECONDS = 100_000_000_000L;

    private JwtClaims() {}

    /** Null where there is no text. */
    static @Nullable String text(JsonNode claims, String name) {
        return claims.path(name).textValue();
    }

    /** Null where there is no time in whole seconds. */
    static @Nullable Instant time(JsonNode claims, String name) {
        JsonNode value = claims.path(name);
        boolean known = value.isIntegralNumber()
                && value.canConvertToLong()
                && value.longValue() > 0
                && value.longValue() < MOST_SECONDS;
        return known ? Instant.ofEpochSecond(value.longValue()) : null;
    }
}
