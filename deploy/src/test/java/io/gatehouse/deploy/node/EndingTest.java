package io.gatehouse.deploy.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class EndingTest {
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofMinutes(2);

    @RegisterExtension
    private final HeardLog log = HeardLog.of(Ending.class);

    private final Ending ending = new Ending();

    private void assertGivenUp(String part) {
        assertThat(log.lines())
                .first()
                .satisfies(line ->
                        assertThat(line.getKeyValuePairs().getFirst().value).isEqualTo(part));
    }

    @Test
    void whatEndsInTimeIsNotSpokenOf() {
        Future<Void> all =
                ending.of("first", Future::succeededFuture).compose(ended -> ending.ofBlocking("second", () -> {}));
        assertThat(ending.await(all, LONG)).isTrue();
        assertThat(log.lines()).isEmpty();
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
        try (HttpClient http = HttpClient.newHttpClient();
                NodeProcess node = PassingNode.start(folder, service, Map.of("server.stop_timeout", "PT1S"))) {
            var unanswered =
                    http.sendAsync(HttpRequest.newBuilder(PassingNode.at(node)).build(), BodyHandlers.discarding());
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
