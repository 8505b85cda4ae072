package io.gatehouse.store;

import io.gatehouse.common.model.GrantId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Who did what to what, for whoever must reconstruct it later; by ids only: no secret, no token, no personal datum. */
final class AuditLine {
    private static final Logger AUDIT = LoggerFactory.getLogger("gatehouse.audit");

    private final String event;
    private LoggingEventBuilder line;

    private AuditLine(String event, String tenant) {
        this.event = event;
        this.line = AUDIT.atInfo().addKeyValue("event", event).addKeyValue("tenant", tenant);
    }

    static AuditLine of(String event, String tenant) {
        return new AuditLine(event, tenant);
    }

    AuditLine client(String clientId) {
        return with("client_id", clientId);
    }

    /** Null: nobody is known by the name that was given. */
    AuditLine subject(@Nullable String subject) {
        return subject == null ? this : with("subject", subject);
    }

    AuditLine grant(GrantId grant) {
        return with("gid", grant.gid());
    }

    AuditLine with(String key, Object value) {
        line = line.addKeyValue(key, value);
        return this;
    }

    void outcome(Object outcome) {
        line.addKeyValue("outcome", outcome).log(event);
    }
}
