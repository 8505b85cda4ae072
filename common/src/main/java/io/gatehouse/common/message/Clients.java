package io.gatehouse.common.message;

import io.gatehouse.common.model.Client;
import org.jspecify.annotations.Nullable;

/** Registered clients. */
public sealed interface Clients<R> extends StoreRequest<R> {
    String ADDRESS = "gatehouse.v1.store.clients";

    @Override
    default String address() {
        return ADDRESS;
    }

    record Find(String tenant, String clientId) implements Clients<Found> {
        @Override
        public boolean isRead() {
            return true;
        }
    }

    /** @param client a {@link ClientStatement}, attested by the store; null: there is none */
    record Found(@Nullable Attestation client) {}

    /**
     * Creates the client or updates what the configuration declares of it: its state, its epoch and a secret that was
     * rotated since the last declaration stay.
     */
    record Declare(Client client) implements Clients<Declared> {}

    record Declared(boolean changed) {}
}
