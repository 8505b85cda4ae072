package io.gatehouse.gateway.oauth;

import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.RegisteredKeys;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Where the public keys of clients are found. */
interface ClientJwks {
    /** Those that clients registered by value, or else publish. */
    static ClientJwks of(ClientKeySets published) {
        return (client, kid) -> {
            RegisteredKeys keys = client.extensions().keys();
            return keys != null && keys.jwks() != null
                    ? Future.succeededFuture(keys.jwks())
                    : published.of(client, kid);
        };
    }

    /**
     * A JWK Set as JSON; null: the client has none.
     *
     * @param kid of the key that is needed; null: any
     */
    Future<@Nullable String> of(Client client, @Nullable String kid);
}
