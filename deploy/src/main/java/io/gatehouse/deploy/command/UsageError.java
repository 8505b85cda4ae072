package io.gatehouse.deploy.command;

/** A command line that can't be followed; the message is for the person who typed it. */
public final class UsageError extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UsageError(String message) {
        super(message, null, false, false);
    }
}
