package io.gatehouse.common.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.bus.Refusals.Reason;
import io.gatehouse.common.metric.Exposition;
import java.text.MessageFormat;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private final Logger logger = Logger.getLogger("gatehouse.audit");
    private final List<String> lines = new ArrayList<>();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final Refusals refusals = new Refusals(clock());
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(MessageFormat.format(line.getMessage(), line.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private Clock clock() {
        return new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        };
    }

    @BeforeEach
    void listen() {
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
    }

    @AfterEach
    void stop() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }

    @Test
    void aLineNamesTheReasonTheNodeAndTheAddress() {
        refusals.add(Reason.FORBIDDEN, "gw1-0123456789ab", "gatehouse.v1.store.keys");
        assertThat(lines)
                .containsExactly("bus_message_refused reason=forbidden node=gw1-0123456789ab"
                        + " address=gatehouse.v1.store.keys untold=0");
    }

    @Test
    void aNameThatIsNoneIsNotWrittenDown() {
        refusals.add(Reason.UNKNOWN, "a\nb {0} reason=forbidden", "x");
        refusals.add(Reason.UNSEALED, "", "x");
        assertThat(lines).hasSize(2).allSatisfy(line -> assertThat(line).contains(" node=- "));
    }

    @Test
    void aStrangerFillsNoLogAndIsCounted() {
        for (int i = 0; i < 10_000; i++) {
            refusals.add(Reason.FORGED, "x-1", "x");
        }
        assertThat(lines).hasSize(30);
        now.set(Instant.EPOCH.plusSeconds(60));
        refusals.add(Reason.LATE, "x-1", "x");
        assertThat(lines).last().asString().contains("reason=late").endsWith("untold=9970");
        Exposition out = new Exposition();
        refusals.measure(out);
        assertThat(out.text())
                .contains(
                        "gatehouse_bus_refused_total{reason=\"forged\"} 10000",
                        "gatehouse_bus_refused_total{reason=\"late\"} 1",
                        "gatehouse_bus_refused_total{reason=\"unsealed\"} 0");
    }
}
