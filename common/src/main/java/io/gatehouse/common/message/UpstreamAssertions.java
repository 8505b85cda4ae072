package io.gatehouse.common.message;

import io.gatehouse.common.crypto.Secret;
import java.time.Instant;

/**
 * Assertions for the services behind the front door: whom a request comes from, for one of them and for a minute. iss, exp,
 * alg, kid and typ are decided by the token role itself.
 */
public sealed interface UpstreamAssertions<R> extends TokenRequest<R> {
    String ADDRESS = "gatehouse.v1.token.assertions";

    @Override
    default String address() {
        return ADDRESS;
    }

    /**
     * Fails with invalid_token where what it is to be made of does not count; whether that was revoked, and whether a key was
     * proved that it is bound to, is the gateway's question.
     *
     * @param audience the service that it is for
     */
    record Mint(String tenant, Basis basis, String audience) implements UpstreamAssertions<Minted> {
        @Override
        public boolean isRead() {
            return true;
        }
    }

    /** What an assertion is made of: it says nothing that is not said there, and ends no later. */
    sealed interface Basis {
        /** @param accessToken of ours, for whatever audience */
        record ByToken(Secret accessToken) implements Basis {}

        /** @param session a {@link SessionStatement} */
        record BySession(Attestation session) implements Basis {}
    }

    /** @param jwt compact */
    record Minted(Secret jwt, Instant expiresAt) {}
}
