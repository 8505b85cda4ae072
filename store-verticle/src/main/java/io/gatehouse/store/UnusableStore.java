package io.gatehouse.store;

import org.jspecify.annotations.Nullable;

/** The store can't be opened; the message is one sentence for the operator that says what to do. */
public final class UnusableStore extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnusableStore(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
