package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.verify.RevocationList;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** The clients this process has lately asked for. An event drops a changed one. */
final class ClientDirectory {
    private record Key(String tenant, String clientId) {}

    private final Lately<Key, KnownClient> known;

    ClientDirectory(RevocationList revocations) {
        this.known = new Lately<>(revocations);
    }

    /** Null where there is no such client. */
    Future<@Nullable KnownClient> find(Bus bus, String tenant, String clientId) {
        return known.find(
                new Key(tenant, clientId),
                key -> bus.ask(new Clients.Find(key.tenant, key.clientId))
                        .map(found -> found.client() == null ? null : KnownClient.read(found.client())));
    }

    void forget(String tenant, String clientId) {
        known.forget(new Key(tenant, clientId));
    }
}
