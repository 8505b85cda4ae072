package io.gatehouse.deploy.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.List;

/**
 * What logback finds by itself at the first log line of a process: readable lines on standard output, ours from INFO, those
 * of libraries from WARN. {@link Logging#apply} refines it once the configuration is read.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
    /** Our classes, and the lines that belong to no class, such as one per request. */
    static final List<String> OURS = List.of("io.gatehouse", "gatehouse");

    static final String APPENDER = "log";

    /** For logback. */
    public LogSetup() {}

    @Override
    public ExecutionStatus configure(LoggerContext loggers) {
        QueuedAppender appender = new QueuedAppender(System.out, loggers.getLogger(QueuedAppender.class));
        appender.setContext(loggers);
        appender.setName(APPENDER);
        appender.start();
        Logger root = loggers.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender);
        // Tells at length, as a warning, of caches without a file and of members that found each other late.
        loggers.getLogger("org.infinispan").setLevel(Level.ERROR);
        // What could not be written while a member hangs is written again, until it is.
        loggers.getLogger("org.infinispan.interceptors.impl.InvocationContextInterceptor")
                .setLevel(Level.OFF);
        // After a cut it misses data in caches of its own, which nobody uses; who is there now is told by ours.
        loggers.getLogger("org.infinispan.CLUSTER").setLevel(Level.OFF);
        // A peer that died or was cut off is no error here; whoever waited for it is told.
        loggers.getLogger("io.vertx.core.net.impl.ConnectionBase").setLevel(Level.OFF);
        OURS.forEach(ours -> loggers.getLogger(ours).setLevel(Level.INFO));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
