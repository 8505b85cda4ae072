package io.gatehouse.gateway.page;

import io.gatehouse.common.model.Client;
import java.util.Objects;

/** What a client is called in front of people. */
final class ClientNames {
    private ClientNames() {}

    static String of(Client client) {
        return Objects.requireNonNullElse(client.clientName(), client.clientId());
    }
}
