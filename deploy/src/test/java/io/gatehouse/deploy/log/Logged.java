package io.gatehouse.deploy.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/** Events as parts of a node log them. */
final class Logged {
    static final long TIME = 1_767_323_045_678L;

    private static final Logger LOGGER = logger();

    private Logged() {}

    private static Logger logger() {
        LoggerContext loggers = new LoggerContext();
        loggers.setMDCAdapter(new LogbackMDCAdapter());
        return loggers.getLogger("io.gatehouse.gateway.endpoint.TokenEndpoint");
    }

    static LoggingEvent event(Level level, String message, Object... arguments) {
        LoggingEvent event = new LoggingEvent("", LOGGER, level, message, null, arguments);
        event.setTimeStamp(TIME);
        return event;
    }

    static LoggingEvent with(LoggingEvent event, String key, @Nullable Object value) {
        event.addKeyValuePair(new KeyValuePair(key, value));
        return event;
    }

    static LoggingEvent failed(String message, Throwable cause) {
        return new LoggingEvent("", LOGGER, Level.ERROR, message, cause, null);
    }

    static String line(LineFormat format, LoggingEvent event) {
        StringBuilder line = new StringBuilder();
        format.append(event, line);
        return line.toString();
    }
}
