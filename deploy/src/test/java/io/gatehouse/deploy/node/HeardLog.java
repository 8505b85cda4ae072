package io.gatehouse.deploy.node;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** What a class says to the log during each test. */
final class HeardLog implements BeforeEachCallback, AfterEachCallback {
    private final Logger logger;
    private final ListAppender<ILoggingEvent> heard = new ListAppender<>();

    private HeardLog(Class<?> speaker) {
        this.logger = (Logger) LoggerFactory.getLogger(speaker);
    }

    static HeardLog of(Class<?> speaker) {
        return new HeardLog(speaker);
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        heard.start();
        logger.addAppender(heard);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        logger.detachAppender(heard);
    }

    List<ILoggingEvent> lines() {
        return List.copyOf(heard.list);
    }
}
