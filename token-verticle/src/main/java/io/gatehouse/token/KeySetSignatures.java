package io.gatehouse.token;

import io.gatehouse.common.model.SigningAlgorithm;
import io.vertx.core.Future;
import java.util.List;

/** Checks the signatures of assertions by the keys of a JWK Set, elsewhere where that is slow. For one event loop. */
final class KeySetSignatures {
    private final WorkerLane workers;
    private final ClientPublicKeys keys = new ClientPublicKeys();

    KeySetSignatures(WorkerLane workers) {
        this.workers = workers;
    }

    /** @param jwks a JWK Set as JSON, any of whose keys that fit may have signed */
    Future<Boolean> isRight(ClientAssertion assertion, String jwks) {
        CompactJws jws = assertion.jws();
        SigningAlgorithm algorithm = SigningAlgorithm.of(assertion.algorithm());
        List<VerifyingKey> tried = keys.find(jwks, algorithm, assertion.kid());
        return algorithm.isSlow()
                ? workers.run(() -> isRight(jws, tried))
                : Future.succeededFuture(isRight(jws, tried));
    }

    private static boolean isRight(CompactJws jws, List<VerifyingKey> tried) {
        return tried.stream().anyMatch(key -> key.verifies(jws.signingInput(), jws.signature()));
    }
}
