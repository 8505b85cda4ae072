package io.gatehouse.deploy.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class EndingTest {
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofMinutes(2);

    private final Logger logger = (Logger) LoggerFactory.getLogger(Ending.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Ending ending = new Ending();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
    }

    private void assertGivenUp(String part) {
        assertThat(log.list)
                .first()
                .satisfies(line ->
                        assertThat(line.getKeyValuePairs().getFirst().value).isEqualTo(part));
    }

    @Test
    void whatEndsInTimeIsNotSpokenOf() {
        Future<Void> all =
                ending.of("first", Future::succeededFuture).compose(ended -> ending.ofBlocking("second", () -> {}));
        assertThat(ending.await(all, LONG)).isTrue();
        assertThat(log.list).isEmpty();
    }

    @Test
    void thePartThatHangsIsNamed() {
        Promise<Void> never = Promise.promise();
        Future<Void> all = ending.of("first", Future::succeededFuture)
                .eventually(() -> ending.of("second", never::future))
                .eventually(() -> ending.of("third", Future::succeededFuture));
        assertThat(ending.await(all, SHORT)).isFalse();
        assertGivenUp("second");
    }

    @Test
    void thePartThatBlocksIsNamed() {
        CountDownLatch never = new CountDownLatch(1);
        Future<Void> blocked = ending.ofBlocking("blocked", () -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(ending.await(blocked, SHORT)).isFalse();
        assertGivenUp("blocked");
        never.countDown();
    }

    @Test
    void whyAPartFailedIsTold() {
        Future<Void> broken = ending.ofBlocking("broken", () -> {
            throw new IllegalStateException("no");
        });
        assertThatThrownBy(() -> ending.await(broken, LONG)).hasMessage("no");
    }

    /** For ten seconds, a request that its service does not answer keeps the listener. */
    @Test
    void aNodeThatHangsEndsAfterItsTime(@TempDir Path folder) throws Exception {
        Vertx vertx = Vertx.vertx();
        CountDownLatch arrived = new CountDownLatch(1);
        int service = vertx.createHttpServer()
                .requestHandler(request -> arrived.countDown())
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
        Path file = Files.writeString(folder.resolve("gatehouse.yaml"), """
                routes: [{id: slow, match: {host: localhost}, demand: public, upstream: ["http://127.0.0.1:%d"]}]
                """.formatted(service));
        Map<String, String> keys = Map.of(
                "server.port", "0",
                "server.stop_timeout", "PT1S",
                "management.port", "0",
                "store.path", folder.resolve("data").toString());
        StartRequest request = new StartRequest(true, file, keys);
        try (HttpClient http = HttpClient.newHttpClient();
                NodeProcess node =
                        NodeProcess.start(request, new PrintStream(System.err, true, StandardCharsets.UTF_8))) {
            URI proxied = URI.create("http://localhost:" + node.address().getPort() + "/");
            var unanswered = http.sendAsync(HttpRequest.newBuilder(proxied).build(), BodyHandlers.discarding());
            assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(node.stop()).isFalse();
            assertGivenUp("requests in flight");
            assertThat(unanswered).isNotDone();
            http.shutdownNow();
        } finally {
            vertx.close().await();
        }
    }
}
