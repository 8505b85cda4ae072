package io.gatehouse.deploy.management;

import org.jspecify.annotations.Nullable;

/** The credential of the operator's commands can't be used; the message says what to do. */
public final class UnusableToken extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnusableToken(String message) {
        this(message, null);
    }

    UnusableToken(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
