package io.gatehouse.common.message;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.model.Scope;
import java.time.Instant;

/** Issues tokens: iss, exp, alg, kid, typ and lifetimes are decided by the token role itself. */
public sealed interface Issuer<R> extends TokenRequest<R> {
    String ADDRESS = "gatehouse.v1.issuer";

    @Override
    default String address() {
        return ADDRESS;
    }

    /**
     * An access token (RFC 9068).
     *
     * @param scope at most what the authority allows, else the request fails with invalid_scope
     */
    record Issue(String tenant, Authority authority, Scope scope) implements Issuer<Issued> {}

    /** By what the token may be issued. */
    sealed interface Authority {
        /** @param ticket a {@link io.gatehouse.common.model.Ticket} */
        record ByTicket(Attestation ticket) implements Authority {}

        /**
         * The client itself (RFC 6749, section 4.4).
         *
         * @param client a {@link ClientStatement}
         * @param secret what the client presented; the token role checks it once more
         */
        record ByClientSecret(Attestation client, Secret secret) implements Authority {}
    }

    /** @param accessToken the compact JWT */
    record Issued(Secret accessToken, Scope scope, Instant issuedAt, Instant expiresAt) {}
}
