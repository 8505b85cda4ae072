package io.gatehouse.gateway.logout;

import io.gatehouse.common.message.Logouts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** How it went with a client that was to hear of a logout: one line each, never a token or a person. */
final class LogoutLog {
    private static final Logger LOG = LoggerFactory.getLogger("gatehouse.audit");

    void delivered(Logouts.Due logout) {
        line(LOG.atInfo(), "logout_delivered", logout).log("client told of a logout");
    }

    /** By the client, for good: its word is that it could not log the user out, or not read the token. */
    void refused(Logouts.Due logout) {
        line(LOG.atWarn(), "logout_refused", logout).log("client refuses a logout");
    }

    /** @param reason a word or a number of ours, nothing that the other side wrote */
    void failed(Logouts.Due logout, String reason) {
        boolean last = logout.tries() + 1 >= Logouts.TRIES;
        line(LOG.atWarn(), last ? "logout_given_up" : "logout_not_delivered", logout)
                .addKeyValue("reason", reason)
                .log("client not told of a logout");
    }

    private static LoggingEventBuilder line(LoggingEventBuilder line, String event, Logouts.Due logout) {
        return line.addKeyValue("event", event)
                .addKeyValue("tenant", logout.tenant())
                .addKeyValue("client_id", logout.clientId())
                .addKeyValue("tries", logout.tries() + 1);
    }
}
