package io.gatehouse.token;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Verifies what a tenant's own keys signed. For one event loop. */
final class TenantSignatures {
    /** What a header says of the key. */
    record Named(String kid, String algorithm) {
        /** Null where it names none, or wants to be verified in a way that is not ours. */
        static @Nullable Named of(JsonNode header) {
            String kid = header.path("kid").textValue();
            String algorithm = header.path("alg").textValue();
            return kid == null || algorithm == null || CompactJws.isForeign(header) ? null : new Named(kid, algorithm);
        }
    }

    private final KeyRing ring;
    private final WorkerLane workers;

    TenantSignatures(KeyRing ring, WorkerLane workers) {
        this.ring = ring;
        this.workers = workers;
    }

    /** Whether the key is still there, without asking anybody. */
    boolean knows(String tenant, String kid) {
        return ring.knownKey(tenant, kid) != null;
    }

    /** Whether the tenant's key of that name signed it, by the key's own algorithm. */
    Future<Boolean> isRight(String tenant, CompactJws jws, Named named) {
        return ring.verifyingKey(tenant, named.kid).compose(key -> isRight(jws, named, key));
    }

    private Future<Boolean> isRight(CompactJws jws, Named named, @Nullable VerifyingKey key) {
        if (key == null || !key.algorithm().jwsName().equals(named.algorithm)) {
            return Future.succeededFuture(false);
        }
        return key.algorithm().isSlow()
                ? workers.run(() -> key.verifies(jws.signingInput(), jws.signature()))
                : Future.succeededFuture(key.verifies(jws.signingInput(), jws.signature()));
    }
}
