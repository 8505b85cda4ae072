package io.gatehouse.gateway.page;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.gateway.http.ErrorStatus;
import io.gatehouse.gateway.http.Reply;
import io.vertx.core.Future;
import java.util.function.Function;

/** What a form says again whose code did not count. */
final class FactorProblem {
    /** How a page is shown once more. */
    interface Again {
        Future<Reply> page(int status, Function<Texts, String> problem);
    }

    private FactorProblem() {}

    static Function<Texts, String> wrong() {
        return texts -> texts.get("factor.problem.wrong");
    }

    /** The code was not looked at; any other failure stays one. */
    static Future<Reply> unanswered(Throwable failure, Again again) {
        if (failure instanceof OAuthFailure known) {
            OAuthError error = known.error();
            if (error instanceof OAuthError.Throttled throttled) {
                return again.page(
                                ErrorStatus.of(error),
                                texts -> texts.get("factor.problem.throttled", texts.duration(throttled.retryAfter())))
                        .map(reply -> ErrorStatus.retryable(reply, error));
            }
            if (error instanceof OAuthError.Unavailable) {
                return again.page(ErrorStatus.of(error), texts -> texts.get("factor.problem.unavailable"))
                        .map(reply -> ErrorStatus.retryable(reply, error));
            }
        }
        return Future.failedFuture(failure);
    }
}
