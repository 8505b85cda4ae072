package io.gatehouse.common.config;

import java.util.Locale;

/**
 * The log, on standard output.
 *
 * @param format text or json
 * @param level error, warn, info, debug or trace
 * @param access whether each request gets a line
 */
public record LogConfig(
        @Key(doc = "One readable line per event, or one JSON object per line.", defaultValue = "text")
        Format format,

        @Key(
                doc = "The least important level that is still logged.",
                defaultValue = "info",
                oneOf = {"error", "warn", "info", "debug", "trace"})
        String level,

        @Key(
                doc =
                        "A line per request: method, route, status, time; never a query or a token. What was issued, refused "
                                + "and revoked stands in the audit lines in any case.",
                defaultValue = "false")
        boolean access) {

    /** A format of log lines; written in lower case. */
    public enum Format {
        /** For people. */
        TEXT,
        /** For collectors. */
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
