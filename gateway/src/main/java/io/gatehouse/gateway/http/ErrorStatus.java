package io.gatehouse.gateway.http;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthError.Conflict;
import io.gatehouse.common.error.OAuthError.Defect;
import io.gatehouse.common.error.OAuthError.NotFound;
import io.gatehouse.common.error.OAuthError.Protocol;
import io.gatehouse.common.error.OAuthError.Throttled;
import io.gatehouse.common.error.OAuthError.Unavailable;
import java.time.Duration;

/** What all styles share: status, words, and the header that tells when to try again. */
public final class ErrorStatus {
    private ErrorStatus() {}

    /** HTTP status. */
    public static int of(OAuthError error) {
        return switch (error) {
            case Protocol protocol -> protocol.code().status();
            case Throttled throttled -> 429;
            case NotFound notFound -> 404;
            case Conflict conflict -> 409;
            case Unavailable unavailable -> 503;
            case Defect defect -> 500;
        };
    }

    /** One sentence that is safe to show. */
    public static String describe(OAuthError error) {
        return switch (error) {
            case Protocol protocol -> protocol.description();
            case Throttled throttled ->
                "too many attempts: try again in " + seconds(throttled.retryAfter()) + " seconds";
            case NotFound notFound -> "there is no such " + notFound.what();
            case Conflict conflict -> "the " + conflict.what() + " was changed meanwhile: read it again";
            case Unavailable unavailable -> "a part of the server is not available: try again in a moment";
            case Defect defect -> "the server failed; tell its operator the incident " + defect.incident();
        };
    }

    /** Adds Retry-After where it helps. */
    public static Reply retryable(Reply reply, OAuthError error) {
        return switch (error) {
            case Throttled throttled -> reply.with("Retry-After", String.valueOf(seconds(throttled.retryAfter())));
            case Unavailable unavailable -> reply.with("Retry-After", "1");
            case Protocol protocol -> reply;
            case NotFound notFound -> reply;
            case Conflict conflict -> reply;
            case Defect defect -> reply;
        };
    }

    private static long seconds(Duration duration) {
        return Math.max(1, duration.plusMillis(999).toSeconds());
    }
}
