package io.gatehouse.token;

import io.gatehouse.common.model.Client;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Finds by which names a client is told of users. For one event loop. */
final class Namings {
    private final KeyRing ring;

    Namings(KeyRing ring) {
        this.ring = ring;
    }

    Future<Naming> of(Client client) {
        return of(client.tenant(), client.registration().sector());
    }

    /** @param sector null: the client knows users by their public subjects */
    Future<Naming> of(String tenant, @Nullable String sector) {
        return sector == null
                ? Future.succeededFuture(Naming.PUBLIC)
                : ring.pairwiseSecret(tenant).map(secret -> new SectorNaming(secret, tenant, sector));
    }
}
