package io.gatehouse.common.message;

import io.gatehouse.common.crypto.Secret;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JWTs for JWT apps, signed with the app's own key, which only the token role opens. */
public sealed interface JwtAppTokens<R> extends TokenRequest<R> {
    String ADDRESS = "gatehouse.v1.token.jwtapps";

    @Override
    default String address() {
        return ADDRESS;
    }

    /**
     * A JWT about the user whom the proof is about; fails with invalid_token where the proof does not count.
     *
     * @param app a {@link JwtAppStatement}
     * @param profile a {@link ProfileStatement} about the same user
     * @param nonce for the claim of that name; null: none
     */
    record Issue(
            String tenant,
            Attestation app,
            Proof proof,
            Attestation profile,
            @Nullable String nonce) implements JwtAppTokens<Issued> {}

    /** By what the user is known to be there. */
    sealed interface Proof {
        /** @param ticket a {@link io.gatehouse.common.model.Ticket} */
        record ByTicket(Attestation ticket) implements Proof {}

        /** @param accessToken of the user; the token role checks it once more */
        record ByAccessToken(Secret accessToken) implements Proof {}
    }

    /** @param jwt in the compact form */
    record Issued(Secret jwt, Instant expiresAt) {}

    /**
     * The public keys that the app's JWTs are checked with.
     *
     * @param app a {@link JwtAppStatement}
     */
    record Keys(String tenant, Attestation app) implements JwtAppTokens<PublicKeys> {
        @Override
        public boolean isRead() {
            return true;
        }
    }

    /** @param jwks public JWKs as JSON texts; none where the app shares a secret */
    record PublicKeys(List<String> jwks) {
        public PublicKeys {
            jwks = List.copyOf(jwks);
        }
    }
}
