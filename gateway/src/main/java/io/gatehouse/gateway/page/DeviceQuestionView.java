package io.gatehouse.gateway.page;

import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The question whether a device may have what it asks for.
 *
 * @param action path that the form is posted to
 * @param box sealed: what is asked, and in which session
 * @param userName who is asked
 * @param userCode as the device shows it, to compare
 * @param scopes without openid and offline_access
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
        List<ScopeLine> scopes,
        @Nullable String policyUri,
        @Nullable String tosUri,
        boolean unverified,
        boolean offline) {
    private static final String OPENID = "openid";
    private static final String OFFLINE_ACCESS = "offline_access";

    public DeviceQuestionView {
        scopes = List.copyOf(scopes);
    }

    /** Names and addresses of the client, and the scope in words. */
    static DeviceQuestionView of(
            Client client, Scope scope, String userName, String userCode, Texts texts, String action, String box) {
        return new DeviceQuestionView(
                action,
                box,
                ClientNames.of(client),
                userName,
                userCode,
                scope.values().stream()
                        .filter(value -> !value.equals(OPENID) && !value.equals(OFFLINE_ACCESS))
                        .map(value -> new ScopeLine(value, texts.scope(value)))
                        .toList(),
                client.registration().policyUri(),
                client.registration().tosUri(),
                client.isPublic(),
                scope.contains(OFFLINE_ACCESS));
    }
}
