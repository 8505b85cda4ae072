package io.gatehouse.store.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;

/** Whether a server throws values away before their time: a spent value that is gone can be spent again. */
final class Eviction {
    private Eviction() {}

    /** False also where the server doesn't say. */
    static Future<Boolean> threatens(Link.Wire wire) {
        return wire.send(Request.cmd(Command.INFO).arg("memory"))
                .map(memory -> memory != null && threatens(memory.toString()))
                .otherwise(false);
    }

    private static boolean threatens(String memory) {
        boolean bounded = memory.lines().noneMatch("maxmemory:0"::equals);
        return bounded
                && memory.lines()
                        .anyMatch(line -> line.startsWith("maxmemory_policy:") && !line.endsWith(":noeviction"));
    }
}
