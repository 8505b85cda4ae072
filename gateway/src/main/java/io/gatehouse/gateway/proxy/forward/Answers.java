package io.gatehouse.gateway.proxy.forward;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.gateway.http.BearerErrors;
import io.gatehouse.gateway.http.ProblemErrors;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.proxy.upstream.Failure;

/** What is answered in an upstream's place. It says nothing of where that is. */
final class Answers {
    private Answers() {}

    static Reply of(Failure how) {
        return switch (how) {
            case UNREACHABLE -> ProblemErrors.problem(502, "the service can't be reached: try again in a moment");
            case BROKEN -> ProblemErrors.problem(502, "the service broke off, or answered with what is no HTTP");
            case LATE -> ProblemErrors.problem(504, "the service did not answer in time");
        };
    }

    /** More requests wait for the upstream than may. */
    static Reply tooBusy() {
        return ProblemErrors.problem(503, "the service has too much to do: try again in a moment")
                .with("Retry-After", "1");
    }

    static Reply tooSlow() {
        return ProblemErrors.problem(408, "the body took too long to arrive");
    }

    /** What let it pass ended before its answer began. */
    static Reply noLongerCounts() {
        return new BearerErrors()
                .render(new OAuthError.Protocol(Code.INVALID_TOKEN, "what let the request pass counts no more"));
    }
}
