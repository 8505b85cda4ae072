package io.gatehouse.common.config;

import java.util.List;

/**
 * A configuration and what was odd about its sources.
 *
 * @param config complete and checked
 * @param warnings a sentence each, for the log; without secrets
 */
public record Loaded(GatehouseConfig config, List<String> warnings) {
    /** Copies its list. */
    public Loaded {
        warnings = List.copyOf(warnings);
    }
}
