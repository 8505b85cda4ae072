package io.gatehouse.store.pg;

import io.gatehouse.common.error.OAuthError;
import io.vertx.core.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reading, deciding and writing under the condition that nobody wrote in between. */
final class Retries {
    private static final int MOST = 10;

    private Retries() {}

    /**
     * @param attempt null: somebody did, so it is made once more
     * @param what of the {@code Conflict} it fails with where that goes on
     */
    static <T> Future<T> untilUndisturbed(String what, Supplier<Future<@Nullable T>> attempt) {
        return again(what, attempt, MOST);
    }

    private static <T> Future<T> again(String what, Supplier<Future<@Nullable T>> attempt, int left) {
        return attempt.get().compose(result -> {
            if (result != null) {
                return Future.succeededFuture(result);
            }
            return left == 1
                    ? Future.failedFuture(new OAuthError.Conflict(what).failure())
                    : again(what, attempt, left - 1);
        });
    }
}
