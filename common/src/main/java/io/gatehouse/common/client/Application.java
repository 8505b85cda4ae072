package io.gatehouse.common.client;

import io.gatehouse.common.crypto.Secret;
import java.time.Duration;

/**
 * Who asks.
 *
 * @param id as {@code applications[].id} of the gateway's configuration has it
 * @param secret likewise
 * @param audience that access tokens must be for to count here
 * @param staleness how long nothing may be heard of revocations before tokens are refused; 5 s to 120 s
 */
public record Application(String id, Secret secret, String audience, Duration staleness) {
    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    public Application {
        if (staleness.compareTo(SHORTEST) < 0 || staleness.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "staleness is from PT5S to PT2M: tokens that were revoked count that long");
        }
    }

    /** With a staleness of 30 seconds. */
    public static Application of(String id, String secret, String audience) {
        return new Application(id, Secret.of(secret), audience, Duration.ofSeconds(30));
    }
}
