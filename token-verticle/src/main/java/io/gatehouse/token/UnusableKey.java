package io.gatehouse.token;

/** A key that can't be read or must not be used; the message says what an operator can do about it. */
final class UnusableKey extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnusableKey(String message) {
        super(message);
    }

    UnusableKey(String message, Throwable cause) {
        super(message, cause);
    }
}
