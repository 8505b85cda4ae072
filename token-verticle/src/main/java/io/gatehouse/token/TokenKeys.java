package io.gatehouse.token;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.IdTokenAlgorithm;
import io.gatehouse.common.model.SigningAlgorithm;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what signs the tokens that a client reads itself: its tenant's key, or its own secret. */
final class TokenKeys {
    private static final Logger LOG = LoggerFactory.getLogger(TokenKeys.class);

    private final KeyRing ring;
    private final ClientSecrets secrets;

    TokenKeys(KeyRing ring, ClientSecrets secrets) {
        this.ring = ring;
        this.secrets = secrets;
    }

    /** @return fails with {@code Unavailable} where the client's secret is wanted and can't be had */
    Future<? extends TokenKey> find(Client client, IdTokenAlgorithm algorithm) {
        SigningAlgorithm byTenant = algorithm.byTenant();
        return byTenant == null ? bySecret(client) : ring.signingKey(client.tenant(), byTenant);
    }

    // The operator can mend it, the client can't: it keeps what it has and tries again.
    private Future<? extends TokenKey> bySecret(Client client) {
        TokenKey key = secrets.find(client);
        if (key == null) {
            LOG.error(
                    "Client {} of tenant {} wants HS256, but its secret is not sealed under the master key of this"
                            + " node: declare the client again, or restore the master key",
                    client.clientId(),
                    client.tenant());
            return Future.failedFuture(new OAuthError.Unavailable("token").failure());
        }
        return Future.succeededFuture(key);
    }
}
