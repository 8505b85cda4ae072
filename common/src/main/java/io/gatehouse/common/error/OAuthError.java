package io.gatehouse.common.error;

import java.time.Duration;

/** What went wrong, as a value. No text in it holds a secret, a token or a personal datum. */
public sealed interface OAuthError {
    /** An error the protocol has a name for; {@code description} is safe to show and says what to do next. */
    record Protocol(Code code, String description) implements OAuthError {}

    /** Too many requests or a full queue: try again after {@code retryAfter}. */
    record Throttled(Duration retryAfter) implements OAuthError {}

    /** There is no such {@code what} (a kind of thing, never its name). */
    record NotFound(String what) implements OAuthError {}

    /** {@code what} was changed by somebody else meanwhile, or exists already. */
    record Conflict(String what) implements OAuthError {}

    /** {@code service} is gone, slow or not ready. */
    record Unavailable(String service) implements OAuthError {}

    /** Our own bug: logged whole under {@code incident}, shown as that id only. */
    record Defect(String incident) implements OAuthError {}

    /** As the failure of a future. */
    default OAuthFailure failure() {
        return new OAuthFailure(this);
    }

    static OAuthFailure failure(Code code, String description) {
        return new OAuthFailure(new Protocol(code, description));
    }
}
