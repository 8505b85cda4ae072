package io.gatehouse.deploy.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.Appender;
import io.gatehouse.common.config.LogConfig;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** The log of this process, as the configuration wants it. */
public final class Logging {
    private Logging() {}

    /** Sets level and format from here on. */
    public static void apply(LogConfig config) {
        Level level = Level.toLevel(config.level());
        LogSetup.OURS.forEach(ours -> loggers().getLogger(ours).setLevel(level));
        // of libraries only what is wrong, also where ours are wanted in detail
        loggers()
                .getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)
                .setLevel(level.isGreaterOrEqual(Level.WARN) ? level : Level.WARN);
        appender().ifPresent(appender -> appender.format(LineFormat.of(config.format())));
    }

    /** How many lines were dropped because nobody read them fast enough. */
    public static long dropped() {
        return appender().map(QueuedAppender::dropped).orElse(0L);
    }

    /** Writes what is queued; later lines are lost. */
    public static void close() {
        loggers().stop();
    }

    private static Optional<QueuedAppender> appender() {
        Appender<?> found =
                loggers().getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender(LogSetup.APPENDER);
        return Optional.ofNullable(found instanceof QueuedAppender ours ? ours : null);
    }

    private static LoggerContext loggers() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }
}
