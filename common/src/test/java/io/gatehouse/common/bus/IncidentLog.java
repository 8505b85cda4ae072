package io.gatehouse.common.bus;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Catches what {@link Incidents} logs, so that tests can look at it and their output stays quiet. */
final class IncidentLog extends Handler implements BeforeEachCallback, AfterEachCallback {
    /** Held, since the log manager does not. */
    private final Logger logger = Logger.getLogger(Incidents.class.getName());

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    /** Of the one incident that there was. */
    LogRecord only() {
        if (records.size() != 1) {
            throw new AssertionError(records.size() + " incidents");
        }
        return records.get(0);
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }

    @Override
    public void publish(LogRecord incident) {
        records.add(incident);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
