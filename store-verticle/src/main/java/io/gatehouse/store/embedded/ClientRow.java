package io.gatehouse.store.embedded;

import io.gatehouse.common.model.Client;

/** Copies of a client's row in another state. */
final class ClientRow {
    private ClientRow() {}

    /** Everything it was given so far is refused. */
    static Client nextEpoch(Client client, boolean disabled) {
        return of(client, disabled, client.epoch() + 1, client.version() + 1);
    }

    static Client of(Client client, boolean disabled, long epoch, long version) {
        return new Client(
                client.tenant(),
                client.clientId(),
                client.clientName(),
                client.authMethod(),
                client.secretDigests(),
                client.declaredSecret(),
                client.redirectUris(),
                client.grantTypes(),
                client.responseTypes(),
                client.scope(),
                client.accessTokenAlgorithm(),
                client.rotatesRefreshTokens(),
                disabled,
                epoch,
                version,
                client.createdAt(),
                client.jwtLogin(),
                client.pkce());
    }
}
