package io.gatehouse.gateway.http;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * A response as it came over the wire.
 *
 * @param headers by name in lower case
 */
public record RawReply(String version, int status, Map<String, List<String>> headers, String body) {
    /** The one line of that name; fails where there is none or more than one. */
    public String header(String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        if (values.size() != 1) {
            throw new AssertionError(name + " is there " + values.size() + " times in " + this);
        }
        return values.getFirst();
    }

    public boolean has(String name) {
        return headers.containsKey(name);
    }

    public boolean keepsAlive() {
        return !headers.getOrDefault("connection", List.of()).contains("close");
    }

    public JsonObject json() {
        return new JsonObject(body);
    }
}
