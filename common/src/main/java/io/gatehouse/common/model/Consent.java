package io.gatehouse.common.model;

import java.time.Instant;

/**
 * What a user allowed a client. A withdrawn consent stays as a row, so that its epoch is never used again.
 *
 * @param scope what needs no further question; empty where the user is asked each time
 * @param epoch generation, from 1: withdrawing begins the next; grants of an earlier one refresh no more
 * @param grantedAt when the user last allowed something; {@link Instant#EPOCH}: it was withdrawn since
 */
public record Consent(String tenant, String subject, String clientId, Scope scope, long epoch, Instant grantedAt) {
    public static final long FIRST_EPOCH = 1;

    /** @param more what is allowed now, beside what was before */
    public Consent widened(Scope more, Instant now) {
        Scope all = Scope.parse(scope + " " + more);
        return new Consent(tenant, subject, clientId, all, epoch, now);
    }

    public Consent withdrawn() {
        return new Consent(tenant, subject, clientId, Scope.EMPTY, epoch + 1, Instant.EPOCH);
    }

    /** Whether the client may have anything by it, asked for each time or not. */
    public boolean holds() {
        return grantedAt.isAfter(Instant.EPOCH);
    }
}
