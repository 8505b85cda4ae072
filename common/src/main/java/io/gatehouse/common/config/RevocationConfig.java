package io.gatehouse.common.config;

import java.time.Duration;

/**
 * How revocations reach every node.
 *
 * @param heartbeat time between two signs of life of the revocation log
 * @param staleness silence after which local verification fails closed; at least three heartbeats
 */
public record RevocationConfig(
        @Key(
                doc = "How often the revocation log shows that it is alive.",
                defaultValue = "PT1S",
                min = "PT0.1S",
                max = "PT10S")
        Duration heartbeat,

        @Key(doc = """
                        After so long without a heartbeat a node refuses tokens rather than trust a stale list.
                        At least three heartbeats.""", defaultValue = "PT30S", min = "PT5S", max = "PT2M")
        Duration staleness)
        implements Checked {

    @Override
    public void check(Rules rules) {
        rules.require(
                staleness.compareTo(heartbeat.multipliedBy(3)) >= 0,
                "staleness",
                "is shorter than three heartbeats of " + heartbeat + ": one lost message would close the node",
                "heartbeat");
    }
}
