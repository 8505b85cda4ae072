package io.gatehouse.common.config;

import java.time.Duration;

/**
 * One family of paths; the defaults are those of {@code login}, unless {@link FamiliesConfig} names others.
 *
 * @param enabled whether its paths exist
 * @param accessTtl life of its access tokens
 * @param refreshTtl life of its grants, whatever their use
 * @param refreshIdleTtl life of a grant that nobody refreshes; at most refreshTtl
 */
public record FamilyConfig(
        @Key(doc = "Whether these paths are served; false: 404.", defaultValue = "true")
        boolean enabled,

        @Key(doc = "Life of an access token of this family.", defaultValue = "PT15M", min = "PT10S", max = "PT1H")
        Duration accessTtl,

        @Key(
                doc = "Life of a grant of this family, however often it is refreshed.",
                defaultValue = "P7D",
                min = "PT10S",
                max = "P400D")
        Duration refreshTtl,

        @Key(
                doc = "A grant of this family that is not refreshed for so long ends. At most refresh_ttl.",
                defaultValue = "P7D",
                min = "PT10S",
                max = "P400D")
        Duration refreshIdleTtl)
        implements Checked {

    @Override
    public void check(Rules rules) {
        checkIdle(rules, refreshIdleTtl, refreshTtl);
    }

    /** The rule of every section that has both keys. */
    static void checkIdle(Rules rules, Duration refreshIdleTtl, Duration refreshTtl) {
        rules.require(
                refreshIdleTtl.compareTo(refreshTtl) <= 0,
                "refresh_idle_ttl",
                "is longer than refresh_ttl (" + Values.written(refreshTtl) + "): make it at most that",
                "refresh_ttl");
    }
}
