package io.gatehouse.gateway.oauth;

import io.gatehouse.common.model.Client;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** The public keys of clients that publish them at a URL of their own. */
public interface ClientKeySets {
    /**
     * @param kid of the key that is needed: a set without it is fetched anew, now and then; null: any
     * @return a JWK Set as JSON ({@link io.gatehouse.common.jwk.PublicJwks}), or null where the client registered no
     *     {@code jwks_uri}; fails with invalid_client where its set can't be had
     */
    Future<@Nullable String> of(Client client, @Nullable String kid);
}
