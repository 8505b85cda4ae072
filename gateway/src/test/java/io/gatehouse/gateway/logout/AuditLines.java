package io.gatehouse.gateway.logout;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** The lines of the audit log since; they do not show in the output of the tests. */
final class AuditLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private static final Logger AUDIT = (Logger) LoggerFactory.getLogger("gatehouse.audit");

    /** Key and value, separated by {@code =}, with blanks between. */
    final List<String> lines = new CopyOnWriteArrayList<>();

    AuditLines() {
        start();
        AUDIT.addAppender(this);
        AUDIT.setLevel(Level.INFO);
        AUDIT.setAdditive(false);
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(event.getKeyValuePairs().stream()
                .map(pair -> pair.key + "=" + Objects.toString(pair.value))
                .collect(Collectors.joining(" ")));
    }

    @Override
    public void close() {
        AUDIT.detachAppender(this);
        AUDIT.setLevel(null);
        AUDIT.setAdditive(true);
    }
}
