package io.gatehouse.gateway.oauth;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.Client;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** The public keys of those who publish them at a URL of their own: clients, and issuers whose assertions they show. */
public interface ClientKeySets {
    /**
     * @param kid of the key that is needed: a set without it is fetched anew, now and then; null: any
     * @return a JWK Set as JSON ({@link io.gatehouse.common.jwk.PublicJwks}), or null where the client registered no
     *     {@code jwks_uri}; fails with invalid_client where its set can't be had
     */
    Future<@Nullable String> of(Client client, @Nullable String kid);

    /**
     * Those of somebody whom the configuration names.
     *
     * @param client that asks to have them looked at
     * @param uri of the configuration
     * @param kid as above
     * @return a JWK Set as JSON; fails where it can't be had, or nothing is fetched here
     */
    default Future<String> at(Client client, String uri, @Nullable String kid) {
        return Future.failedFuture(new OAuthError.Unavailable("keys").failure());
    }
}
