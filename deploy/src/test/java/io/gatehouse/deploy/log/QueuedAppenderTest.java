package io.gatehouse.deploy.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class QueuedAppenderTest {
    private final Reader reader = new Reader();
    private final QueuedAppender appender = new QueuedAppender(
            new PrintStream(reader, true, StandardCharsets.UTF_8), new LoggerContext().getLogger("queue"), 8, 4);

    @Test
    void everyLineIsWrittenInOrderBeforeItStops() {
        reader.mayRead.countDown();
        appender.start();
        for (int i = 0; i < 4; i++) {
            appender.doAppend(Logged.event(Level.INFO, "line {}", i));
        }
        appender.stop();
        assertThat(reader.text().lines().map(line -> line.substring(line.indexOf("line"))))
                .containsExactly("line 0", "line 1", "line 2", "line 3");
    }

    @Test
    void aSlowReaderCostsLinesButNoWarning() throws InterruptedException {
        appender.start();
        appender.doAppend(Logged.event(Level.INFO, "first"));
        assertThat(reader.isAsked.await(10, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 100; i++) {
            appender.doAppend(Logged.event(Level.INFO, "detail {}", i));
        }
        for (int i = 0; i < 4; i++) {
            appender.doAppend(Logged.event(Level.WARN, "warning {}", i));
        }
        assertThat(appender.dropped()).isEqualTo(96);
        reader.mayRead.countDown();
        appender.stop();
        assertThat(reader.text())
                .contains("detail 3", "warning 0", "warning 1", "warning 2", "warning 3")
                .contains("96 log lines were dropped")
                .doesNotContain("detail 4");
    }

    @Test
    void anArgumentThatCannotBeReadEndsNothing() {
        reader.mayRead.countDown();
        appender.start();
        Object broken = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("never readable");
            }
        };
        appender.doAppend(Logged.with(Logged.event(Level.INFO, "odd"), "key", broken));
        appender.doAppend(Logged.event(Level.INFO, "next"));
        appender.stop();
        assertThat(reader.text()).contains("can't be written", "next");
    }

    /** Reads nothing before it may. */
    private static final class Reader extends ByteArrayOutputStream {
        private final CountDownLatch isAsked = new CountDownLatch(1);
        private final CountDownLatch mayRead = new CountDownLatch(1);

        @Override
        public void write(byte[] bytes, int start, int length) {
            isAsked.countDown();
            boolean interrupted = Thread.interrupted();
            while (mayRead.getCount() > 0) {
                try {
                    mayRead.await();
                } catch (InterruptedException stopped) {
                    interrupted = true;
                }
            }
            super.write(bytes, start, length);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        String text() {
            return toString(StandardCharsets.UTF_8);
        }
    }
}
