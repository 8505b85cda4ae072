package io.gatehouse.gateway.oauth;

import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.UserProfile;
import org.jspecify.annotations.Nullable;

/** What an authorization request needs next. Steps never lead to one another: each comes back to the authorization endpoint. */
public sealed interface Step {
    /** It is over: the client is told. */
    record Answer(AuthorizationResponse response) implements Step {}

    /**
     * Somebody must log in.
     *
     * @param hint what the name field holds at first; null: nothing
     */
    record LogIn(
            AuthorizationRequest request,
            Client client,
            @Nullable String hint) implements Step {}

    /** Two factors are asked for, and the user has one: the second must be enrolled. */
    record Enrol(AuthorizationRequest request) implements Step {}

    /**
     * The user must say whether the client may have the scope.
     *
     * @param sid of the session it is asked in: another one's answer does not count
     * @param remembered what the user allowed the client before
     * @param forgetful whether it is asked each time, whatever was allowed before
     * @param consentEpoch generation of the consent that the answer counts in
     */
    record Consent(
            AuthorizationRequest request,
            Client client,
            String sid,
            UserProfile user,
            Scope remembered,
            boolean forgetful,
            long consentEpoch)
            implements Step {}
}
