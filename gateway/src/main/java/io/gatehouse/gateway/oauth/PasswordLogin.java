package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
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
    private final Bus bus;
    private final GrantOpening opening;

    PasswordLogin(Bus bus, GrantOpening opening) {
        this.bus = bus;
        this.opening = opening;
    }

    /** @param refusal words a rejection in the API's own terms */
    public Future<TokenResponse> login(Users.Authenticate request, Function<Rejection, RuntimeException> refusal) {
        return bus.ask(request).compose(authentication -> switch (authentication) {
            case Authenticated accepted -> opening.open(accepted.ticket());
            case Rejected rejected -> Future.failedFuture(refusal.apply(rejected.reason()));
        });
    }
}
