package io.gatehouse.gateway.client;

/**
 * Why a request got no response. It has no stack trace, and says nothing of what the other side sent: it is an answer,
 * not an accident.
 */
public final class OutboundFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What went wrong. */
    public enum Reason {
        /** The URL is not one for https, or for http on an allowed loopback address. */
        URL,
        /** Its host has no address. */
        NAME,
        /** Its host has an address that is not public and not allowed. */
        ADDRESS,
        /** No connection, no trust in it, or no HTTP on it. */
        CONNECTION,
        /** No whole response in time. */
        TIME,
        /** A response that is too large. */
        SIZE
    }

    private final Reason reason;

    OutboundFailure(Reason reason) {
        super("no response: " + reason, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
