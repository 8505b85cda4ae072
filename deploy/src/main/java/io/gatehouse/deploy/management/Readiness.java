package io.gatehouse.deploy.management;

import io.gatehouse.common.message.PartHealth;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Asks every part of a node how it is. */
public final class Readiness {
    private final Map<String, Supplier<Future<PartHealth>>> parts;
    private volatile boolean stopping;

    /** @param parts by name, in the order of the report */
    public Readiness(Map<String, Supplier<Future<PartHealth>>> parts) {
        this.parts = new LinkedHashMap<>(parts);
    }

    /** From here on the node is not ready, however well its parts are. */
    public void stop() {
        stopping = true;
    }

    /** How all parts are; a part that can't be asked is not ready. */
    Future<Report> check() {
        Map<String, Future<PartHealth>> asked = new LinkedHashMap<>();
        parts.forEach((name, part) -> asked.put(name, ask(part)));
        return Future.all(List.copyOf(asked.values())).map(answered -> {
            Map<String, PartHealth> health = new LinkedHashMap<>();
            asked.forEach((name, answer) -> health.put(name, answer.result()));
            return new Report(stopping, health);
        });
    }

    private static Future<PartHealth> ask(Supplier<Future<PartHealth>> part) {
        return part.get().otherwise(gone -> new PartHealth(false, Map.of("error", "no answer")));
    }
}
