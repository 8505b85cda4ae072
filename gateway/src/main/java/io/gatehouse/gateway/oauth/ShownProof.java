package io.gatehouse.gateway.oauth;

import io.gatehouse.common.model.Client;
import org.jspecify.annotations.Nullable;

/**
 * A DPoP proof (RFC 9449, section 4) as it came, and the request that it came with.
 *
 * @param jwt the value of the header DPoP
 * @param method of the request
 * @param path of the endpoint, as it stands behind the issuer
 * @param remoteAddress that proofs are counted for; null: they need not be
 */
public record ShownProof(
        String jwt, String method, String path, @Nullable String remoteAddress) {
    /** One that need not be counted. */
    public ShownProof(String jwt, String method, String path) {
        this(jwt, method, path, null);
    }

    /** The same, by a client: one that authenticated is no stranger, and sends for all of its users. */
    ShownProof by(Client client) {
        return client.isPublic() ? this : new ShownProof(jwt, method, path);
    }
}
