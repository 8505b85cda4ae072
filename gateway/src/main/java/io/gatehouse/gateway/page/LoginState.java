package io.gatehouse.gateway.page;

import io.gatehouse.gateway.oauth.AuthorizationRequest;
import org.jspecify.annotations.Nullable;

/**
 * What the login page remembers.
 *
 * @param request that the login is for; null: for the account page
 * @param clientName empty where there is no request
 * @param reauthenticate whether the browser shows a session already
 */
public record LoginState(@Nullable AuthorizationRequest request, String clientName, boolean reauthenticate) {
    /** Of who came without a client. */
    static final LoginState PLAIN = new LoginState(null, "", false);
}
