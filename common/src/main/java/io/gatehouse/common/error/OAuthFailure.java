package io.gatehouse.common.error;

/** Carries an {@link OAuthError} through a failed future. It has no stack trace: it is an answer, not an accident. */
public final class OAuthFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient OAuthError error;

    public OAuthFailure(OAuthError error) {
        super(error.toString(), null, false, false);
        this.error = error;
    }

    public OAuthError error() {
        return error;
    }
}
