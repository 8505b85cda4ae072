package io.gatehouse.gateway.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.TestGateway;
import io.gatehouse.gateway.http.RawClient;
import io.gatehouse.gateway.oauth.Tokens;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Server-sent events, one a second for a minute: each comes when it was sent, and none is missing. */
@Execution(ExecutionMode.CONCURRENT)
class MinuteOfEventsTest {
    private static final int EVENTS = 60;

    @Test
    void eachEventComesAsItIsSent() {
        try (TestService service = new TestService();
                TestGateway gateway = new TestGateway("""
                        revocation: {heartbeat: PT1S, staleness: PT2M}
                        routes:
                          - {id: shop, match: {host: shop}, demand: bearer, upstream: ["http://127.0.0.1:%d"]}
                        """.formatted(service.port()))) {
            service.on("/events", request -> begin(service, request));
            try (RawClient client = RawClient.connect(gateway.port())) {
                client.send(RawClient.request(
                        "GET /events HTTP/1.1",
                        "Host: shop",
                        "Authorization: Bearer " + Tokens.signed(Tokens.claims())));
                assertThat(client.readHead().header("content-type")).isEqualTo("text/event-stream");
                String first = chunk(1);
                assertThat(client.read(first.length())).isEqualTo(first);
                long begun = System.nanoTime();
                for (int event = 2; event <= EVENTS; event++) {
                    assertThat(client.read(chunk(event).length())).isEqualTo(chunk(event));
                }
                // Had they been held back, they would have come together.
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(EVENTS - 15));
                assertThat(client.read(5)).isEqualTo("0\r\n\r\n");
            }
        }
    }

    private static void begin(TestService service, HttpServerRequest request) {
        HttpServerResponse response = request.response()
                .putHeader("Content-Type", "text/event-stream")
                .setChunked(true);
        int[] sent = {0};
        service.vertx.setPeriodic(1_000, tick -> {
            Future<Void> unused = response.write(event(++sent[0]));
            if (sent[0] == EVENTS) {
                service.vertx.cancelTimer(tick);
                response.end();
            }
        });
    }

    private static String event(int number) {
        return "data: %d\n\n".formatted(number);
    }

    private static String chunk(int number) {
        String event = event(number);
        return Integer.toHexString(event.length()) + "\r\n" + event + "\r\n";
    }
}
