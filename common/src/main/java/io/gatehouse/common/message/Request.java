package io.gatehouse.common.message;

import java.time.Duration;

/**
 * A question with one answer.
 *
 * @param <R> the record (or sealed interface of records) that answers it
 */
public sealed interface Request<R> permits StoreRequest, TokenRequest {
    /** Where it is answered: one address per family. */
    String address();

    /** How long the asker waits; after it the part counts as unavailable. */
    default Duration timeout() {
        return Duration.ofSeconds(2);
    }

    /** Whether it changes nothing, so that it may be asked again after a loss. */
    default boolean isRead() {
        return false;
    }
}
