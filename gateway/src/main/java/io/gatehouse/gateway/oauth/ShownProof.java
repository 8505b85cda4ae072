package io.gatehouse.gateway.oauth;

import io.gatehouse.common.model.Client;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A DPoP proof (RFC 9449, section 4) as it came, and the request that it came with.
 *
 * @param jwt the value of the header DPoP
 * @param method of the request
 * @param path of the endpoint, as it stands behind the issuer; of a service behind the front door host and path, under which
 *     the proof is spent
 * @param target whether a text names the URL of the request ({@code htu}); null: the endpoint's alone does
 * @param remoteAddress that proofs are counted for; null: they need not be
 */
public record ShownProof(
        String jwt,
        String method,
        String path,
        @Nullable Predicate<String> target,
        @Nullable String remoteAddress) {
    /** For an endpoint of ours; one that need not be counted. */
    public ShownProof(String jwt, String method, String path) {
        this(jwt, method, path, null, null);
    }

    /** The same, by a client: one that authenticated is no stranger, and sends for all of its users. */
    ShownProof by(Client client) {
        return client.isPublic() ? this : new ShownProof(jwt, method, path, target, null);
    }
}
