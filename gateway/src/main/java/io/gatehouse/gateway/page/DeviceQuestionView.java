package io.gatehouse.gateway.page;

import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Scope;
import io.gatehouse.gateway.oauth.DeviceDecision;
import org.jspecify.annotations.Nullable;

/**
 * The question whether a device may have what it asks for.
 *
 * @param action path that the form is posted to
 * @param box sealed: what is asked, and in which session
 * @param userName who is asked
 * @param userCode as the device shows it, to compare
 * @param wanted what it wants
 * @param policyUri of the client; null: none
 * @param tosUri of the client; null: none
 * @param unverified whether anybody can name itself so
 * @param offline whether it goes on when the user is away
 */
public record DeviceQuestionView(
        String action,
        String box,
        String clientName,
        String userName,
        String userCode,
        WantedView wanted,
        @Nullable String policyUri,
        @Nullable String tosUri,
        boolean unverified,
        boolean offline) {
    /** @param box sealed */
    static DeviceQuestionView of(DeviceDecision.Question asked, String userCode, Look look, String box) {
        Client client = asked.client();
        Scope scope = asked.waiting().scope();
        return new DeviceQuestionView(
                look.path(PagePaths.DEVICE_DECISION),
                box,
                ClientNames.of(client),
                AccountView.nameOf(asked.user()),
                userCode,
                WantedView.of(
                        ScopeLine.of(scope).stream().map(look::scope).toList(),
                        asked.waiting().access(),
                        look),
                client.registration().policyUri(),
                client.registration().tosUri(),
                client.isPublic(),
                scope.contains(ScopeLine.OFFLINE_ACCESS));
    }
}
