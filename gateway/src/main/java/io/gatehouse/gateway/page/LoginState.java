package io.gatehouse.gateway.page;

import io.gatehouse.gateway.oauth.AuthorizationRequest;
import org.jspecify.annotations.Nullable;

/**
 * What the login page remembers.
 *
 * @param request that the login is for; null: for the account page
 * @param clientName empty where there is no request
 * @param reauthenticate whether the browser shows a session already
 * @param device where it is for a device that waits, what leads back to that; else null
 * @param service where it is for a service behind the door, the way back there; else null
 * @param enrolment where it is to enrol a second factor, or to take it away, the way back to that; else null
 */
public record LoginState(
        @Nullable AuthorizationRequest request,
        String clientName,
        boolean reauthenticate,
        @Nullable DeviceVisit device,
        @Nullable ServiceVisit service,
        @Nullable EnrolmentVisit enrolment) {
    /** Of who came without a client. */
    static final LoginState PLAIN = new LoginState(null, "", false);

    /** For an authorization request, or for none. */
    LoginState(@Nullable AuthorizationRequest request, String clientName, boolean reauthenticate) {
        this(request, clientName, reauthenticate, null, null, null);
    }
}
