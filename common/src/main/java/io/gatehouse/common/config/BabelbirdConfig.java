package io.gatehouse.common.config;

import java.time.Duration;

/**
 * The family of the {@code .do} paths.
 *
 * @param enabled whether its paths exist
 * @param accessTtl life of its access tokens
 * @param refreshTtl life of its grants, whatever their use
 * @param refreshIdleTtl life of a grant that nobody refreshes; at most refreshTtl
 * @param codeTtl life of its codes
 */
public record BabelbirdConfig(
        @Key(doc = "Whether these paths are served; false: 404.", defaultValue = "true")
        boolean enabled,

        @Key(doc = "Life of an access token of this family.", defaultValue = "PT1H", min = "PT10S", max = "PT1H")
        Duration accessTtl,

        @Key(
                doc = "Life of a grant of this family, however often it is refreshed.",
                defaultValue = "P30D",
                min = "PT10S",
                max = "P400D")
        Duration refreshTtl,

        @Key(
                doc = "A grant of this family that is not refreshed for so long ends. At most refresh_ttl.",
                defaultValue = "P30D",
                min = "PT10S",
                max = "P400D")
        Duration refreshIdleTtl,

        @Key(doc = "Life of a code of this family.", defaultValue = "PT5M", min = "PT10S", max = "PT10M")
        Duration codeTtl)
        implements Checked {

    @Override
    public void check(Rules rules) {
        FamilyConfig.checkIdle(rules, refreshIdleTtl, refreshTtl);
    }
}
