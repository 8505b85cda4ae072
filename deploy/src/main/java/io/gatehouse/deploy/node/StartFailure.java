package io.gatehouse.deploy.node;

/** Why a node can't start, in one line that says what to do. */
public final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StartFailure(String message) {
        super(message, null, false, false);
    }
}
