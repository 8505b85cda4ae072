package io.gatehouse.gateway.page;

import io.gatehouse.common.message.Sessions;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One client that the user allowed something.
 *
 * @param name the client's; its id where it has none
 * @param scopes what it may
 */
public record ConsentLine(String clientId, String name, List<ScopeLine> scopes, Instant granted) {
    public ConsentLine {
        scopes = List.copyOf(scopes);
    }

    static ConsentLine of(Sessions.ConsentSummary consent, Look look) {
        return new ConsentLine(
                consent.clientId(),
                Objects.requireNonNullElse(consent.clientName(), consent.clientId()),
                consent.scope().values().stream().map(look::scope).toList(),
                consent.grantedAt());
    }
}
