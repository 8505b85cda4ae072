package io.gatehouse.gateway.page;

import org.jspecify.annotations.Nullable;

/**
 * What the login page shows.
 *
 * @param action path that the form is posted to
 * @param request sealed: where the login leads
 * @param clientName for whom the user logs in; empty: for their own account page
 * @param hint what the name field holds at first; null: nothing
 * @param problem what was wrong with the attempt before; null: there was none
 * @param reauthenticate whether the user is logged in and must show it once more
 * @param device whether it is for a device that waits
 */
public record LoginView(
        String action,
        String request,
        String clientName,
        @Nullable String hint,
        @Nullable String problem,
        boolean reauthenticate,
        boolean device) {
    /** For a client, or for the account page. */
    public LoginView(
            String action,
            String request,
            String clientName,
            @Nullable String hint,
            @Nullable String problem,
            boolean reauthenticate) {
        this(action, request, clientName, hint, problem, reauthenticate, false);
    }
}
