package io.gatehouse.deploy.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.gatehouse.common.config.LogConfig;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class LineFormatTest {
    private final LineFormat text = LineFormat.of(LogConfig.Format.TEXT);
    private final LineFormat json = LineFormat.of(LogConfig.Format.JSON);

    @Test
    void textIsOneReadableLine() {
        LoggingEvent event = Logged.event(Level.INFO, "issued {}", 2);
        Logged.with(event, "status", 200);
        Logged.with(event, "request_id", "r-1");
        Logged.with(event, "route", "a b");
        assertThat(Logged.line(text, event))
                .isEqualTo("2026-01-02T03:04:05.678Z INFO  TokenEndpoint [r-1] issued 2 status=200 route=\"a b\"\n");
    }

    @Test
    void textShowsLevelsInAColumn() {
        assertThat(Logged.line(text, Logged.event(Level.WARN, "x"))).contains("Z WARN  TokenEndpoint x");
        assertThat(Logged.line(text, Logged.event(Level.ERROR, "x"))).contains("Z ERROR TokenEndpoint x");
    }

    @Test
    void noTextBreaksOutOfItsLine() {
        String hostile = "a\r\n2026-01-02T03:04:05.678Z ERROR forged \u001b[31m \u2028 \u0085";
        LoggingEvent event = Logged.with(Logged.event(Level.INFO, hostile), "key", hostile);
        assertThat(Logged.line(text, event).strip()).doesNotContain("\r", "\n", "\u001b", "\u2028", "\u0085");
        assertThat(Logged.line(json, event).strip()).doesNotContain("\r", "\n", "\u001b", "\u2028", "\u0085");
        assertThat(new JsonObject(Logged.line(json, event)).getString("message"))
                .isEqualTo(hostile);
    }

    @Test
    void aKeyValueWithQuotesIsQuoted() {
        LoggingEvent event = Logged.with(Logged.event(Level.INFO, "m"), "k", "a\"b=c\\");
        assertThat(Logged.line(text, event)).endsWith(" m k=\"a\\\"b=c\\\\\"\n");
    }

    @Test
    void textShowsWhatWasThrown() {
        String line = Logged.line(text, Logged.failed("broken", new IllegalStateException("why")));
        assertThat(line).contains("broken\n", "java.lang.IllegalStateException: why", "\tat ");
    }

    @Test
    void jsonIsOneObjectALineWithStableNames() {
        LoggingEvent event = Logged.with(Logged.event(Level.INFO, "issued \"{}\"", "é"), "request_id", "r-1");
        Logged.with(event, "status", 200);
        Logged.with(event, "level", "of the client");
        String line = Logged.line(json, event);
        assertThat(line).endsWith("}\n").hasLineCount(1);
        assertThat(new JsonObject(line))
                .isEqualTo(new JsonObject()
                        .put("time", "2026-01-02T03:04:05.678Z")
                        .put("level", "INFO")
                        .put("logger", "io.gatehouse.gateway.endpoint.TokenEndpoint")
                        .put("message", "issued \"é\"")
                        .put("request_id", "r-1")
                        .put("status", 200)
                        .put("level_", "of the client"));
    }

    @Test
    void jsonHoldsWhatWasThrownInItsLine() {
        String line = Logged.line(json, Logged.failed("broken", new IllegalStateException("why")));
        assertThat(line).hasLineCount(1);
        assertThat(new JsonObject(line).getString("stack"))
                .startsWith("java.lang.IllegalStateException: why")
                .contains("\tat ");
    }

    @Test
    void aPairWithoutAValueIsLeftOut() {
        LoggingEvent event = Logged.with(Logged.event(Level.INFO, "m"), "request_id", null);
        Logged.with(event, "k", null);
        assertThat(Logged.line(text, event)).endsWith(" TokenEndpoint m\n");
        assertThat(new JsonObject(Logged.line(json, event)).fieldNames())
                .containsExactly("time", "level", "logger", "message");
    }

    @Test
    void textThatIsNoUnicodeStaysEvidence() {
        String line = Logged.line(json, Logged.event(Level.INFO, "a\ud800b"));
        assertThat(line).contains("a\\ud800b");
    }
}
