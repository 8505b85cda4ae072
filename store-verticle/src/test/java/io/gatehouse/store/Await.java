package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Futures, waited for by a test's own thread. */
public final class Await {
    private Await() {}

    public static <T> T result(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    public static <T> List<T> results(List<Future<T>> futures) {
        return futures.stream().map(Await::result).toList();
    }

    /** The error it fails with. */
    public static OAuthError error(Future<?> future) {
        try {
            Object result = result(future);
            throw new AssertionError("succeeded: " + result);
        } catch (OAuthFailure failure) {
            return failure.error();
        }
    }

    /** @param type of the error it must fail with */
    public static void fails(Future<?> future, Class<? extends OAuthError> type) {
        assertThat(error(future)).isInstanceOf(type);
    }
}
