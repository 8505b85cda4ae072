package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Users;
import io.gatehouse.common.message.Users.Authentication.Authenticated;
import io.gatehouse.common.message.Users.Authentication.Rejected;
import io.gatehouse.common.message.Users.Rejection;
import io.vertx.core.Future;
import java.util.function.Function;

/**
 * Tokens for a username and a password, for the vendor paths that have it; the token endpoint has no such grant. The
 * store vouches for the user.
 */
public final class PasswordLogin {
    /**
     * A user who has just logged in; nothing was given yet.
     *
     * @param ticket a {@link io.gatehouse.common.model.Ticket}
     * @param profile a {@link io.gatehouse.common.message.ProfileStatement}
     */
    public record LoggedIn(Attestation ticket, Attestation profile) {}

    private final Bus bus;
    private final GrantOpening opening;

    PasswordLogin(Bus bus, GrantOpening opening) {
        this.bus = bus;
        this.opening = opening;
    }

    /** @param refusal words a rejection in the API's own terms */
    public Future<TokenResponse> login(Users.Authenticate request, Function<Rejection, RuntimeException> refusal) {
        return ask(request, refusal).compose(accepted -> opening.open(accepted.ticket()));
    }

    /**
     * Without tokens.
     *
     * @param refusal words a rejection in the API's own terms
     */
    public Future<LoggedIn> authenticate(Users.Authenticate request, Function<Rejection, RuntimeException> refusal) {
        return ask(request, refusal).map(accepted -> {
            if (accepted.profile() == null) {
                // A store of an older build: one that is updated already will answer the next try.
                throw new OAuthError.Unavailable("store").failure();
            }
            return new LoggedIn(accepted.ticket(), accepted.profile());
        });
    }

    /** Tokens for who has just logged in. */
    public Future<TokenResponse> open(LoggedIn user) {
        return opening.open(user.ticket());
    }

    private Future<Authenticated> ask(Users.Authenticate request, Function<Rejection, RuntimeException> refusal) {
        return bus.ask(request).compose(authentication -> switch (authentication) {
            case Authenticated accepted -> Future.succeededFuture(accepted);
            case Rejected rejected -> Future.failedFuture(refusal.apply(rejected.reason()));
        });
    }
}
