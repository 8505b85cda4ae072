package io.gatehouse.deploy.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ProgressTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void whatTakesLongIsNamed() {
        Promise<String> slow = Promise.promise();
        Lines out = new Lines(slow);
        Progress progress = new Progress(new PrintStream(out, true, StandardCharsets.UTF_8), Duration.ofMillis(1));
        assertThat(progress.step(vertx, "Opening the store", slow::future).await())
                .isEqualTo("opened");
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("Opening the store ...");
    }

    @Test
    void whatIsQuickIsNot() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Progress progress = new Progress(new PrintStream(out, true, StandardCharsets.UTF_8), Duration.ofDays(1));
        assertThat(progress.step(vertx, "Opening the store", () -> Future.succeededFuture(1))
                        .await())
                .isEqualTo(1);
        assertThat(out.size()).isZero();
    }

    /** Lets the step end as soon as somebody was told of it. */
    private static final class Lines extends ByteArrayOutputStream {
        private final Promise<String> step;

        private Lines(Promise<String> step) {
            this.step = step;
        }

        @Override
        public void write(byte[] bytes, int start, int length) {
            super.write(bytes, start, length);
            step.tryComplete("opened");
        }
    }
}
