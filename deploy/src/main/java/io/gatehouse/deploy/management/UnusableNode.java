package io.gatehouse.deploy.management;

/** The node did not do what a command asked; the message says what to do. */
public final class UnusableNode extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnusableNode(String message) {
        super(message, null, false, false);
    }
}
