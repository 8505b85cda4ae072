package io.gatehouse.gateway.page;

import io.gatehouse.common.message.Sessions;
import java.time.Instant;

/**
 * One browser in which the user is logged in.
 *
 * @param device what it is, in a few words
 * @param begun when the user logged in there first
 * @param used when it was last used, roughly
 * @param here whether it is the one that the page is shown in
 */
public record SessionLine(String sid, String device, Instant begun, Instant used, boolean here) {
    /** @param here sid of the session that the page is shown in */
    static SessionLine of(Sessions.SessionSummary session, String here, Texts texts) {
        String device = session.device().isEmpty() ? texts.get("device.unknown") : session.device();
        return new SessionLine(
                session.sid(),
                device,
                session.createdAt(),
                session.lastUsedAt(),
                session.sid().equals(here));
    }
}
