package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeclarationRunTest {
    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger tries = new AtomicInteger();

    @AfterEach
    void close() {
        TokenNode.await(vertx.close());
    }

    @Test
    void apply_waitsForAStoreThatIsBusy() {
        Declaration patient = new Declaration(
                "users[0]",
                () -> tries.incrementAndGet() < 4
                        ? Future.failedFuture(new OAuthError.Throttled(Duration.ofMillis(1)).failure())
                        : Future.succeededFuture(true));
        apply(List.of(patient));
        assertThat(tries).hasValue(4);
    }

    @Test
    void apply_givesUpInTheEndAndSaysWhy() {
        Declaration hopeless = new Declaration("users[0]", () -> {
            tries.incrementAndGet();
            return Future.failedFuture(new OAuthError.Throttled(Duration.ofMillis(1)).failure());
        });
        assertThatThrownBy(() -> apply(List.of(hopeless)))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("users[0] found the store busy: start again later");
        assertThat(tries).hasValue(10);
    }

    @Test
    void apply_triesTheRestAfterAFailureAndNamesThemAll() {
        List<Declaration> all = new ArrayList<>();
        all.add(refused("clients[0]", OAuthError.failure(Code.INVALID_REQUEST, "too long")));
        all.add(refused("clients[1]", new OAuthError.NotFound("tenant").failure()));
        all.add(refused("clients[2]", new OAuthError.Defect("abc123").failure()));
        all.add(refused("clients[3]", new UnusableKey("the key is gone")));
        all.add(new Declaration("clients[4]", () -> Future.succeededFuture(tries.incrementAndGet() > 0)));
        assertThatThrownBy(() -> apply(all))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("clients[0] is refused: too long")
                .hasMessageContaining("clients[1] needs what does not exist: tenant")
                .hasMessageContaining("clients[2] failed: look for incident abc123 in the log")
                .hasMessageContaining("clients[3] failed: the key is gone")
                .hasMessageNotContaining("clients[4]");
        assertThat(tries).hasValue(1);
    }

    /** Each step here is answered before the next one is asked for: no stack may grow with their number. */
    @Test
    void apply_ofVeryManyAnsweredAtOnce_ends() {
        List<Declaration> all = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            all.add(new Declaration("users", () -> Future.succeededFuture(tries.incrementAndGet() < 0)));
        }
        apply(all);
        assertThat(tries).hasValue(50_000);
    }

    private static Declaration refused(String name, RuntimeException failure) {
        return new Declaration(name, () -> Future.failedFuture(failure));
    }

    private void apply(List<Declaration> all) {
        Promise<Void> done = Promise.promise();
        vertx.getOrCreateContext()
                .runOnContext(
                        here -> new DeclarationRun(vertx, all.size()).apply(all).onComplete(done));
        TokenNode.await(done.future());
    }
}
