package io.gatehouse.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.gatehouse.gateway.oauth.TestNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A line per request: which route and how it went, nothing of what was sent. */
class AccessLogTest {
    private static final Logger ACCESS = (Logger) LoggerFactory.getLogger("gatehouse.access");
    private final List<Map<String, Object>> lines = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getKeyValuePairs().stream()
                    .filter(pair -> pair.value != null)
                    .collect(Collectors.toMap(pair -> pair.key, pair -> pair.value)));
        }
    };
    private TestServer server;

    @BeforeEach
    void start() {
        appender.start();
        ACCESS.addAppender(appender);
        ACCESS.setLevel(Level.INFO);
        ACCESS.setAdditive(false);
        server = TestServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
        ACCESS.detachAppender(appender);
        ACCESS.setLevel(null);
        ACCESS.setAdditive(true);
    }

    private Map<String, Object> line(String... request) {
        int before = lines.size();
        server.exchange(request);
        TestNode.eventually("the line is written", () -> lines.size() > before);
        return lines.getLast();
    }

    @Test
    void aLineNamesTheRouteAndTheOutcome() {
        Map<String, Object> line = line("GET /t/shop/tenant?x=y HTTP/1.1", "Host: a", "X-Request-ID: id-7");

        assertThat(line.get("method")).hasToString("GET");
        assertThat(line.get("route")).isEqualTo("/tenant");
        assertThat(line.get("status")).isEqualTo(200);
        assertThat(line.get("request_id")).isEqualTo("id-7");
        assertThat((long) line.get("us")).isNotNegative();
    }

    @Test
    void aVariableSegmentIsNamedAsTheRouteNamesIt() {
        assertThat(line("GET /t/shop/things/x/size HTTP/1.1", "Host: a").get("route"))
                .isEqualTo("/things/{thing}/size");
    }

    @Test
    void nothingThatWasSentIsInIt() {
        line("GET /now?token=planted HTTP/1.1", "Host: planted", "Authorization: Bearer planted");
        line("GET /planted HTTP/1.1", "Host: a");
        line("GET /t/planted/now HTTP/1.1", "Host: a");
        line("GET /things/planted/size HTTP/1.1", "Host: a");
        line("POST /echo HTTP/1.1", "Host: a", "Content-Length: 7", "X-Request-ID: plan ted", "", "planted");
        line("GET /now HTTP/1.1", "Host: a", "X_planted: planted");
        line("GET /now planted", "Host: a");
        line("GET /now HTTP/1.1", "Host: plan/ted");

        assertThat(lines).hasSize(8);
        assertThat(lines.toString()).doesNotContain("planted").doesNotContain("plan ted");
        assertThat(lines)
                .extracting(line -> line.get("status"))
                .containsExactly(200, 404, 404, 200, 200, 400, 400, 400);
    }
}
