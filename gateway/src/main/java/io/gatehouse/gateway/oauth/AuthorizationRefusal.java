package io.gatehouse.gateway.oauth;

/** An authorization request that the client is told is no good; anything else is told to the person in front of the page. */
public final class AuthorizationRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient AuthorizationResponse response;

    AuthorizationRefusal(AuthorizationResponse response) {
        super("the authorization request is refused", null, false, false);
        this.response = response;
    }

    public AuthorizationResponse response() {
        return response;
    }
}
