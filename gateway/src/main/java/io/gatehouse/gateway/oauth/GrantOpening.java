package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Grants;
import io.gatehouse.common.message.Issuer;
import io.gatehouse.common.message.Issuer.Authority.ByTicket;
import io.gatehouse.common.message.Issuer.Issued;
import io.gatehouse.common.model.Ticket;
import io.vertx.core.Future;

/**
 * The first tokens of a grant: the access token is signed while the grant is written, and nothing is given before both
 * are done.
 */
final class GrantOpening {
    private final Bus bus;

    GrantOpening(Bus bus) {
        this.bus = bus;
    }

    /** @param attested a {@link Ticket} */
    Future<TokenResponse> open(Attestation attested) {
        Ticket ticket = attested.read(Ticket.class);
        RefreshToken refreshToken = RefreshToken.first(ticket.grant());
        Future<Issued> issued = bus.ask(new Issuer.Issue(ticket.tenant(), new ByTicket(attested), ticket.scope()));
        Future<Grants.Opened> opened =
                bus.ask(new Grants.Open(attested, refreshToken.familyDigest(), refreshToken.secretDigest()));
        return Future.join(issued, opened)
                .map(both -> TokenResponse.of(issued.result(), refreshToken))
                .recover(failure -> withdraw(ticket, refreshToken, failure));
    }

    /** Nobody was given the refresh token: the grant would only lie there until it expires. */
    private Future<TokenResponse> withdraw(Ticket ticket, RefreshToken refreshToken, Throwable failure) {
        return bus.ask(new Grants.Revoke(
                        ticket.tenant(), ticket.clientId(), ticket.grant(), refreshToken.familyDigest()))
                .transform(done -> Future.failedFuture(failure));
    }
}
