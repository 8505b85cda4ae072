package io.gatehouse.common.message;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The processes that verify tokens, each by a lease that it renews, with the key sets that they said they know: a new key
 * signs once all of them know it.
 */
public sealed interface Verifiers<R> extends StoreRequest<R> {
    String ADDRESS = "gatehouse.v1.store.verifiers";

    @Override
    default String address() {
        return ADDRESS;
    }

    /**
     * Renews a lease, and says what is known.
     *
     * @param verifier names the process, for as long as it runs
     * @param lease for how long it counts as live; zero ends it
     * @param known what it has learnt; what it said before stays said
     */
    record Report(String verifier, Duration lease, List<Known> known) implements Verifiers<Reported> {
        public Report {
            known = List.copyOf(known);
        }
    }

    /** The verifier knows no older version of the tenant's key set. */
    record Known(String tenant, long version) {}

    /** @param renewed whether there was a live lease; else it may know key sets that nobody asked it to forget */
    record Reported(boolean renewed) {}

    /**
     * Asks who is still to learn a version.
     *
     * @param since a verifier whose first lease began later has never known an older version
     */
    record Live(String tenant, long version, Instant since) implements Verifiers<Standing> {
        @Override
        public boolean isRead() {
            return true;
        }
    }

    /** @param behind how many of the live ones have not said that they know the version */
    record Standing(int live, int behind) {}
}
