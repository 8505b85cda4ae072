package io.gatehouse.store;

import io.gatehouse.common.model.Consent;
import io.gatehouse.common.model.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of a session may see.
 *
 * @param sessions live ones of the user, the latest used first
 * @param consents that hold, the latest first
 */
public record SessionOverview(SessionRows current, List<Session> sessions, List<Allowed> consents) {
    /** How many of each are shown. */
    public static final int MOST = 50;

    /** @param clientName null: it has none, or is gone */
    public record Allowed(Consent consent, @Nullable String clientName) {}

    public SessionOverview {
        sessions = List.copyOf(sessions);
        consents = List.copyOf(consents);
    }
}
