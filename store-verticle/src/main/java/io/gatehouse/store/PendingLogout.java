package io.gatehouse.store;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.message.Logouts;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.SessionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A client that is to hear that a session ended.
 *
 * @param id 16 random bytes
 * @param tries so far
 * @param dueAt when it may be tried next
 * @param expiresAt when it is forgotten
 */
public record PendingLogout(
        String tenant,
        Bytes id,
        String clientId,
        String subject,
        SessionId session,
        int tries,
        Instant dueAt,
        Instant expiresAt) {
    /** Waiting at once for one client; more are forgotten: its tokens are refused all the same. */
    public static final int MOST_OF_CLIENT = 1_000;

    private static final int ID_BYTES = 16;

    /** Due at once. */
    public static PendingLogout of(Session ended, String clientId, Instant now) {
        return new PendingLogout(
                ended.tenant(),
                Entropy.bytes(ID_BYTES),
                clientId,
                ended.subject(),
                ended.id(),
                0,
                now,
                now.plus(Logouts.PATIENCE));
    }

    /** Nobody else is given it before {@code leaseEnd}. */
    public PendingLogout claimed(Instant leaseEnd) {
        return dueAgain(tries, leaseEnd);
    }

    /** How it waits after a try that failed; null: that was the last one. */
    public @Nullable PendingLogout failed(Instant now) {
        Instant next = Logouts.nextTry(tries + 1, now);
        return tries + 1 < Logouts.TRIES && next.isBefore(expiresAt) ? dueAgain(tries + 1, next) : null;
    }

    private PendingLogout dueAgain(int triesSoFar, Instant next) {
        return new PendingLogout(tenant, id, clientId, subject, session, triesSoFar, next, expiresAt);
    }
}
