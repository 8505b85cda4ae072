package io.gatehouse.gateway.oauth;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.Client;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How old a login may be (OpenID Connect Core, section 3.1.2.1). */
final class MaxAge {
    static final long ANY = -1;

    /** Ten years, in seconds: no session lasts so long. */
    private static final long LONGEST = 315_360_000;

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    private MaxAge() {}

    /**
     * In seconds.
     *
     * @param text null: what the client registered counts
     * @throws io.gatehouse.common.error.OAuthFailure invalid_request
     */
    static long read(@Nullable String text, Client client) {
        if (text == null) {
            return client.registration().defaultMaxAge();
        }
        long seconds = SECONDS.matcher(text).matches() ? Long.parseLong(text) : ANY;
        if (seconds == ANY || seconds > LONGEST) {
            throw OAuthError.failure(Code.INVALID_REQUEST, "max_age must be a number of seconds, at most " + LONGEST);
        }
        return seconds;
    }

    /**
     * The oldest login that will do; null: any. A login that the request itself led to always will, however long the user then
     * thought about the consent: else it would go round in circles.
     */
    static @Nullable Instant oldest(AuthorizationRequest request, Instant now) {
        Instant started = request.startedAt();
        if (request.asks(Prompt.LOGIN) || request.asks(Prompt.SELECT_ACCOUNT)) {
            return started;
        }
        if (request.maxAge() == ANY) {
            return null;
        }
        Instant oldest = now.minusSeconds(request.maxAge());
        return oldest.isBefore(started) ? oldest : started;
    }
}
