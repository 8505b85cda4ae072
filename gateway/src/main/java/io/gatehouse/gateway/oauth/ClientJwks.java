package io.gatehouse.gateway.oauth;

import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.RegisteredKeys;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Where the public keys of clients are found. */
interface ClientJwks {
    /** Those that clients registered by value: nothing is fetched. */
    static ClientJwks registered() {
        return client -> {
            RegisteredKeys keys = client.extensions().keys();
            return Future.succeededFuture(keys == null ? null : keys.jwks());
        };
    }

    /** A JWK Set as JSON; null: the client has none. */
    Future<@Nullable String> of(Client client);
}
