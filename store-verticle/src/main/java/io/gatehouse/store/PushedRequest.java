package io.gatehouse.store;

import io.gatehouse.common.message.PushedRequests.Push;
import io.gatehouse.common.model.CodeId;
import java.time.Duration;
import java.time.Instant;

/**
 * A pushed authorization request (RFC 9126) as it is kept.
 *
 * @param form its parameters, form-encoded
 * @param expiresAt nobody finds it from then on
 */
public record PushedRequest(String tenant, String clientId, CodeId id, String form, Instant expiresAt) {
    /** Whoever found it in time may still have to log in and to consent: for so much longer it can be taken. */
    public static final Duration PATIENCE = Duration.ofMinutes(30);

    static PushedRequest of(Push push) {
        return new PushedRequest(push.tenant(), push.clientId(), push.request(), push.form(), push.expiresAt());
    }

    /** Whether it can be found by that client now. */
    public boolean isFoundBy(String client, Instant now) {
        return clientId.equals(client) && now.isBefore(expiresAt);
    }

    /** Whether it can be taken by that client now. */
    public boolean isTakenBy(String client, Instant now) {
        return clientId.equals(client) && now.isBefore(end());
    }

    /** Nobody takes it from then on. */
    public Instant end() {
        return expiresAt.plus(PATIENCE);
    }
}
