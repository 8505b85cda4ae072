package io.gatehouse.gateway.http;

import io.gatehouse.common.bus.Incidents;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The incidents that were logged since; they do not show in the output of the tests. */
public final class IncidentLog extends Handler implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(Incidents.class.getName());
    private static final String PREFIX = "incident ";

    private final List<String> incidents = new CopyOnWriteArrayList<>();

    private IncidentLog() {}

    public static IncidentLog listen() {
        IncidentLog log = new IncidentLog();
        LOGGER.setUseParentHandlers(false);
        LOGGER.addHandler(log);
        return log;
    }

    /** Their ids. */
    public List<String> incidents() {
        return incidents;
    }

    @Override
    public void publish(LogRecord line) {
        incidents.add(line.getMessage().substring(PREFIX.length()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        LOGGER.removeHandler(this);
        LOGGER.setUseParentHandlers(true);
    }
}
