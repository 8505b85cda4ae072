package io.gatehouse.gateway.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.gatehouse.gateway.TestGateway;
import io.gatehouse.gateway.http.RawClient;
import io.gatehouse.gateway.oauth.TestNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Neither a service that is not well nor whoever goes away fills the log; a request has its line, which tells no query. */
class QuietLogTest {
    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private static final Logger ACCESS = (Logger) LoggerFactory.getLogger("gatehouse.access");

    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            events.add(event);
        }
    };

    @BeforeEach
    void listen() {
        appender.start();
        ROOT.addAppender(appender);
        ACCESS.setLevel(Level.INFO);
    }

    @AfterEach
    void stop() {
        ROOT.detachAppender(appender);
        ACCESS.setLevel(null);
    }

    private static TestGateway before(RawService service) {
        return new TestGateway("""
                log: {access: true}
                routes:
                  - {id: shop, match: {host: shop}, demand: public, upstream: ["%s"], timeout: PT2S}
                """.formatted(service.origin()));
    }

    private List<String> warnings() {
        return events.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .map(event -> event.getLoggerName() + ": " + event.getFormattedMessage())
                .toList();
    }

    private List<Map<String, String>> requests() {
        return events.stream()
                .filter(event -> event.getLoggerName().equals(ACCESS.getName()))
                .map(event -> event.getKeyValuePairs().stream()
                        .filter(pair -> pair.value != null)
                        .collect(Collectors.toMap(pair -> pair.key, pair -> String.valueOf(pair.value))))
                .toList();
    }

    static List<String> broken() {
        return List.of(
                "nonsense\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde",
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
                "");
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aServiceThatIsNotWellFillsNoLog(String answer) {
        try (RawService service = RawService.sayingLast(answer);
                TestGateway gateway = before(service)) {
            for (int i = 0; i < 5; i++) {
                try (RawClient client = RawClient.connect(gateway.port())) {
                    client.send(RawClient.request("GET /x?token=planted HTTP/1.1", "Host: shop", "Connection: close"))
                            .readToEnd();
                }
            }
            TestNode.eventually("five lines are written", () -> requests().size() == 5);
        }
        assertThat(warnings()).isEmpty();
    }

    @Test
    void oneThatResetsFillsNoLog() {
        try (RawService service = RawService.that((head, connection, out) -> {
                    connection.setSoLinger(true, 0);
                    connection.close();
                });
                TestGateway gateway = before(service)) {
            for (int i = 0; i < 5; i++) {
                assertThat(RawClient.exchange(gateway.port(), "GET /x HTTP/1.1", "Host: shop")
                                .status())
                        .isEqualTo(502);
            }
            TestNode.eventually("five lines are written", () -> requests().size() == 5);
        }
        assertThat(warnings()).isEmpty();
    }

    @Test
    void whoGoesAwayFillsNoLog() throws IOException {
        try (RawService service = RawService.that((head, connection, out) -> {
                    out.write(
                            "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbegun".getBytes(StandardCharsets.US_ASCII));
                });
                TestGateway gateway = before(service)) {
            for (String request : List.of(
                    RawClient.request("GET /x HTTP/1.1", "Host: shop"),
                    RawClient.request("POST /x HTTP/1.1", "Host: shop", "Content-Length: 100") + "half",
                    "GET /x HTTP/1.1\r\nHost: sh")) {
                int before = service.heads.size();
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
                    socket.setSoLinger(true, 0);
                    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                    if (request.endsWith("\r\n\r\n")) {
                        assertThat(socket.getInputStream().read()).isEqualTo('H');
                        assertThat(service.heads).hasSize(before + 1);
                    }
                }
            }
            try (RawClient client = RawClient.connect(gateway.port())) {
                client.send(RawClient.request("GET /last HTTP/1.1", "Host: shop"));
                assertThat(client.readHead().status()).isEqualTo(200);
            }
        }
        assertThat(warnings()).isEmpty();
    }

    @Test
    void aRequestHasALineWithoutWhatWasSent() {
        try (RawService service = RawService.saying("HTTP/1.1 201 Made\r\nContent-Length: 4\r\n\r\nshop");
                TestGateway gateway = before(service)) {
            RawClient.exchange(
                    gateway.port(),
                    "GET /planted?access_token=planted HTTP/1.1",
                    "Host: shop",
                    "Cookie: a=planted",
                    "Referer: https://planted.example",
                    "User-Agent: planted");
            TestNode.eventually("the line is written", () -> requests().size() == 1);
            assertThat(requests().getFirst())
                    .containsEntry("route", "shop")
                    .containsEntry("method", "GET")
                    .containsEntry("status", "201")
                    .containsKey("us");
            assertThat(requests().toString()).doesNotContain("planted");
        }
    }
}
