package io.gatehouse.common.message;

import io.gatehouse.common.crypto.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Clients that are still to hear that a session ended (OpenID Connect Back-Channel Logout): a durable queue, filled by
 * whatever ends sessions, emptied by the gateways.
 */
public sealed interface Logouts<R> extends StoreRequest<R> {
    String ADDRESS = "gatehouse.v1.store.logouts";

    /** Tried so often, within {@link #PATIENCE}; then forgotten. */
    int TRIES = 5;

    Duration PATIENCE = Duration.ofMinutes(15);

    @Override
    default String address() {
        return ADDRESS;
    }

    /**
     * Some that are due. Nobody else is given them until {@code lease} is over.
     *
     * @param lease time to deliver them all
     */
    record Claim(int limit, Duration lease) implements Logouts<Claimed> {}

    record Claimed(List<Due> logouts) {
        public Claimed {
            logouts = List.copyOf(logouts);
        }
    }

    /**
     * @param id 16 random bytes
     * @param statement a {@link LogoutStatement}
     * @param tries before this one
     */
    record Due(String tenant, Bytes id, String clientId, Attestation statement, int tries) {}

    /**
     * How one went: delivered (or not worth another try), or to be tried again later, if not too often by now.
     *
     * @param tries before this one, as it was claimed
     */
    record Report(String tenant, Bytes id, boolean done, int tries) implements Logouts<Reported> {}

    record Reported() {}

    /** When the next try may be, by the number of tries so far: 10 s, 40 s, 160 s, 640 s. */
    static Instant nextTry(int triesSoFar, Instant now) {
        return now.plusSeconds(10L << (2 * Math.max(0, triesSoFar - 1)));
    }
}
