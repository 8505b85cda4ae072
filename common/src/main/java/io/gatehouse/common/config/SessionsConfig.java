package io.gatehouse.common.config;

import java.time.Duration;

/**
 * Browser sessions, of the login pages.
 *
 * @param ttl life of a session, whatever its use
 * @param idleTtl life of a session that nobody uses; at most ttl
 */
public record SessionsConfig(
        @Key(
                doc = "A browser session ends so long after its login, however much it is used.",
                defaultValue = "P7D",
                min = "PT1M",
                max = "P400D")
        Duration ttl,

        @Key(
                doc = "A browser session that nobody uses for so long ends. At most ttl.",
                defaultValue = "PT12H",
                min = "PT1M",
                max = "P400D")
        Duration idleTtl)
        implements Checked {

    @Override
    public void check(Rules rules) {
        rules.require(
                idleTtl.compareTo(ttl) <= 0,
                "idle_ttl",
                "is longer than ttl (" + Values.written(ttl) + "): make it at most that",
                "ttl");
    }
}
