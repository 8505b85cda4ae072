package io.gatehouse.deploy.management;

import io.gatehouse.common.message.PartHealth;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code /health/ready} tells.
 *
 * @param stopping whether the node was told to stop
 * @param parts by name
 */
record Report(boolean stopping, Map<String, PartHealth> parts) {
    boolean ready() {
        return !stopping && failing().isEmpty();
    }

    List<String> failing() {
        return parts.entrySet().stream()
                .filter(part -> !part.getValue().ready())
                .map(Map.Entry::getKey)
                .toList();
    }

    JsonObject json(String version) {
        JsonObject body = new JsonObject().put("status", status()).put("version", version);
        if (!failing().isEmpty()) {
            body.put("failing", new JsonArray(failing()));
        }
        JsonObject details = new JsonObject();
        parts.forEach((name, health) -> details.put(name, json(health)));
        return body.put("parts", details);
    }

    private String status() {
        return stopping ? "stopping" : ready() ? "ready" : "not ready";
    }

    private static JsonObject json(PartHealth health) {
        JsonObject part = new JsonObject().put("ready", health.ready());
        new TreeMap<>(health.details()).forEach(part::put);
        return part;
    }
}
