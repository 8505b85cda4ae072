package io.gatehouse.deploy.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.gatehouse.common.config.LogConfig;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/** How an event becomes a line; for one thread. */
interface LineFormat {
    /** The key under which a request's id is logged; formats give it a place of its own. */
    String REQUEST_ID = "request_id";

    /** Appends the event, line break included. */
    void append(ILoggingEvent event, StringBuilder line);

    static LineFormat of(LogConfig.Format format) {
        return switch (format) {
            case TEXT -> new TextFormat();
            case JSON -> new JsonFormat();
        };
    }

    /** What was logged beside the message; a pair without a value says nothing. */
    static List<KeyValuePair> pairs(ILoggingEvent event) {
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        return pairs == null ? List.of() : pairs;
    }

    /** The class without its package: what a reader searches for. */
    static String shortName(String logger) {
        return logger.substring(logger.lastIndexOf('.') + 1);
    }
}
