package io.gatehouse.store.embedded;

import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.store.Answer;
import io.vertx.core.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A queued operation with its outcome, which is told only after the commit. */
final class Task<T extends @Nullable Object> {
    private final Function<Tables, T> operation;
    private final Answer<T> answer;
    private Future<T> outcome = Future.failedFuture("not executed");

    Task(Function<Tables, T> operation, Answer<T> answer) {
        this.operation = operation;
        this.answer = answer;
    }

    Future<T> future() {
        return answer.future();
    }

    /** An operation that fails leaves nothing behind. */
    void execute(Tables tables) {
        try {
            outcome = Future.succeededFuture(operation.apply(tables));
            tables.undo.keep();
        } catch (RuntimeException | StackOverflowError e) {
            tables.undo.takeBack();
            outcome = Future.failedFuture(e);
        }
    }

    void tell() {
        answer.complete(outcome);
    }

    void fail(OAuthFailure failure) {
        answer.complete(Future.failedFuture(failure));
    }
}
