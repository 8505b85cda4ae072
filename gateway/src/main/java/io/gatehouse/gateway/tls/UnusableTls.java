package io.gatehouse.gateway.tls;

/** Files that no TLS can be spoken with; the message says which, and what to do. It quotes nothing that is in them. */
public final class UnusableTls extends RuntimeException {
    public UnusableTls(String message) {
        super(message);
    }
}
