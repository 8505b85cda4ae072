package io.gatehouse.store.embedded;

import io.gatehouse.common.model.Client;

/** Copies of a client's row in another state. */
final class ClientRow {
    private ClientRow() {}

    /** Everything it was given so far is refused. */
    static Client nextEpoch(Client client, boolean disabled) {
        return client.inState(disabled, client.epoch() + 1, client.version() + 1);
    }
}
