package io.gatehouse.store;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a thread of ours to whoever asked: whatever hangs on the future runs on the asker's context, never on
 * our thread (but once Vert.x is closed, when there is no other).
 */
public final class Answer<T extends @Nullable Object> {
    private final Context asker;
    private final Promise<T> promise = Promise.promise();

    private Answer(Context asker) {
        this.asker = asker;
    }

    /** To be made by the asker itself. */
    public static <T extends @Nullable Object> Answer<T> toCaller(Vertx vertx) {
        return new Answer<>(vertx.getOrCreateContext());
    }

    public Future<T> future() {
        return promise.future();
    }

    /** Only the first call counts. */
    public void complete(Future<T> outcome) {
        try {
            asker.runOnContext(now -> pass(outcome));
        } catch (RejectedExecutionException vertxIsClosed) {
            pass(outcome);
        }
    }

    private void pass(Future<T> outcome) {
        if (outcome.succeeded()) {
            promise.tryComplete(outcome.result());
        } else {
            promise.tryFail(outcome.cause());
        }
    }
}
