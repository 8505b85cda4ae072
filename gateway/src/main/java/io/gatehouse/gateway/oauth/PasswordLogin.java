package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Grants;
import io.gatehouse.common.message.Issuer;
import io.gatehouse.common.message.Issuer.Authority.ByTicket;
import io.gatehouse.common.message.Issuer.Issued;
import io.gatehouse.common.message.Users;
import io.gatehouse.common.message.Users.Authentication.Authenticated;
import io.gatehouse.common.message.Users.Authentication.Rejected;
import io.gatehouse.common.message.Users.Rejection;
import io.gatehouse.common.model.Ticket;
import io.vertx.core.Future;
import java.util.function.Function;

/**
 * Tokens for a username and a password, for the vendor paths that have it; the token endpoint has no such grant. The
 * store vouches for the user; the grant is written while the access token is signed.
 */
public final class PasswordLogin {
    private final Bus bus;

    PasswordLogin(Bus bus) {
        this.bus = bus;
    }

    /** @param refusal words a rejection in the API's own terms */
    public Future<TokenResponse> login(Users.Authenticate request, Function<Rejection, RuntimeException> refusal) {
        return bus.ask(request).compose(authentication -> switch (authentication) {
            case Authenticated accepted -> open(request.tenant(), accepted.ticket());
            case Rejected rejected -> Future.failedFuture(refusal.apply(rejected.reason()));
        });
    }

    private Future<TokenResponse> open(String tenant, Attestation attested) {
        Ticket ticket = attested.read(Ticket.class);
        RefreshToken refreshToken = RefreshToken.first(ticket.grant());
        Future<Issued> issued = bus.ask(new Issuer.Issue(tenant, new ByTicket(attested), ticket.scope()));
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
