package io.gatehouse.gateway.oauth;

import io.gatehouse.common.message.Codes.Consenting;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.RequestedAccess;
import io.gatehouse.common.model.RequestedClaims;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.StandardClaims;
import java.util.Set;

/** When a user is asked whether a client may have what it wants. */
final class ConsentRule {
    private ConsentRule() {}

    /** Whether it is asked each time: nobody can tell which program gets the answer (RFC 8252, section 8.6). */
    static boolean isForgetful(Client client, AuthorizationRequest request) {
        return client.isPublic() && RedirectUris.isLocal(request.redirectUri());
    }

    /** Before the user was asked. */
    static Consenting unasked(Client client, AuthorizationRequest request) {
        return isAlwaysAsked(client, request) || !isSpokenOf(request, request.scope())
                ? Consenting.TO_BE_ASKED
                : Consenting.REMEMBERED;
    }

    /** The user allowed it. */
    static Consenting given(Client client, AuthorizationRequest request) {
        return isForgetful(client, request) ? Consenting.GIVEN_ONCE : Consenting.GIVEN;
    }

    /**
     * Whether claims beyond the request's scope, which the store does not look at, were the only reason to ask, and are
     * covered.
     */
    static boolean isCovered(Client client, AuthorizationRequest request, Scope remembered) {
        return !isAlwaysAsked(client, request) && remembered.covers(request.scope()) && isSpokenOf(request, remembered);
    }

    /** What is remembered is scopes: it covers no authorization details (RFC 9396). */
    private static boolean isAlwaysAsked(Client client, AuthorizationRequest request) {
        RequestedAccess access = request.access();
        return request.asks(Prompt.CONSENT)
                || isForgetful(client, request)
                || (access != null && access.authorizationDetails() != null);
    }

    private static boolean isSpokenOf(AuthorizationRequest request, Scope scope) {
        RequestedClaims claims = request.claims();
        if (claims == null) {
            return true;
        }
        Set<String> names = StandardClaims.namesOf(scope);
        return names.containsAll(claims.userinfo()) && names.containsAll(claims.idToken());
    }
}
