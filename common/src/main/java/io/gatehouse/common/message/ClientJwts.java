package io.gatehouse.common.message;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.TokenFamily;
import org.jspecify.annotations.Nullable;

/** JWTs by which a client logs users in, checked with the client's own key, which only the token role opens. */
public sealed interface ClientJwts<R> extends TokenRequest<R> {
    String ADDRESS = "gatehouse.v1.token.clientjwts";

    @Override
    default String address() {
        return ADDRESS;
    }

    /**
     * Fails with invalid_grant where the JWT does not count, and with access_denied where the client may not do what is
     * asked.
     *
     * @param client a {@link ClientStatement}
     * @param family of the tokens it is for
     * @param selector the user that the request names beside the JWT; null: none
     */
    record Verify(
            String tenant,
            Attestation client,
            TokenFamily family,
            Secret jwt,
            @Nullable LoginName selector) implements ClientJwts<Verified> {
        @Override
        public boolean isRead() {
            return true;
        }
    }

    /** @param statement a {@link ClientJwtStatement} */
    record Verified(Attestation statement) {}
}
