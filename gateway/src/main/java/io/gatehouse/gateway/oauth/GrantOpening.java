package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.ClientStatement;
import io.gatehouse.common.message.Grants;
import io.gatehouse.common.message.Issuer.Issued;
import io.gatehouse.common.model.Ticket;
import io.gatehouse.common.model.TokenTerms;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * The first tokens of a grant: the access token is signed while the grant is written, and nothing is given before both
 * are done.
 */
final class GrantOpening {
    private final Bus bus;

    GrantOpening(Bus bus) {
        this.bus = bus;
    }

    /**
     * Without an ID token.
     *
     * @param attested a {@link Ticket}
     */
    Future<TokenResponse> open(Attestation attested) {
        return open(attested, null, null, null);
    }

    /**
     * @param attested a {@link Ticket}
     * @param client a {@link ClientStatement}, where an ID token may be given; else null
     * @param profile a {@link io.gatehouse.common.message.ProfileStatement}; null where the grant gives no ID token
     * @param terms of the access token; null: those of the ticket
     * @return fails with invalid_grant where the ticket is bound to another key than the terms
     */
    Future<TokenResponse> open(
            Attestation attested,
            @Nullable Attestation client,
            @Nullable Attestation profile,
            @Nullable TokenTerms terms) {
        Ticket ticket = attested.read(Ticket.class);
        String key = terms == null ? null : terms.confirmation();
        if (ticket.confirmation() != null && !ticket.confirmation().equals(key)) {
            return Future.failedFuture(OAuthError.failure(
                    Code.INVALID_GRANT, "the code is bound to a key (dpop_jkt): prove the same one by a DPoP proof"));
        }
        RefreshToken refreshToken = RefreshToken.first(ticket.grant());
        Future<Issued> issued = bus.ask(IdTokenWish.issue(attested, ticket, ticket.scope(), client, profile, terms));
        Future<Grants.Opened> opened = bus.ask(new Grants.Open(
                attested, refreshToken.familyDigest(), refreshToken.secretDigest(), isPublic(client) ? key : null));
        return Future.join(issued, opened)
                .map(both -> TokenResponse.of(issued.result(), refreshToken))
                .recover(failure -> withdraw(ticket, refreshToken, failure));
    }

    /** RFC 9449, section 5: refresh tokens of other clients are bound to those already. */
    private static boolean isPublic(@Nullable Attestation client) {
        return client != null && client.read(ClientStatement.class).client().isPublic();
    }

    /** Nobody was given the refresh token: the grant would only lie there until it expires. */
    private Future<TokenResponse> withdraw(Ticket ticket, RefreshToken refreshToken, Throwable failure) {
        return bus.ask(new Grants.Revoke(
                        ticket.tenant(), ticket.clientId(), ticket.grant(), refreshToken.familyDigest()))
                .transform(done -> Future.failedFuture(failure));
    }
}
