package io.gatehouse.token;

/** Why the token role can't start, as a sentence for the operator that says what to do. It holds no secret. */
public final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    StartFailure(String message) {
        super(message);
    }

    StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
