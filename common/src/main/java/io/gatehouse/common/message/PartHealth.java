package io.gatehouse.common.message;

import java.util.Map;

/** @param details for operators: kind, provider, counts; no secret, no personal datum */
public record PartHealth(boolean ready, Map<String, String> details) {
    public PartHealth {
        details = Map.copyOf(details);
    }
}
