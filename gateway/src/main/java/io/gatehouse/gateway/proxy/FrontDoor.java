package io.gatehouse.gateway.proxy;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.gateway.oauth.AccessToken;
import io.gatehouse.gateway.oauth.DefaultAudience;
import io.gatehouse.gateway.oauth.TokenInspector;
import io.vertx.core.Future;
import java.util.Collections;

/** Lets a request pass, or says what it lacks. Nothing is remembered of it: each one is asked anew. */
final class FrontDoor {
    private final RouteTable routes;
    private final TokenInspector inspector;
    private final DefaultAudience defaultAudience;

    FrontDoor(RouteTable routes, TokenInspector inspector, DefaultAudience defaultAudience) {
        this.routes = routes;
        this.inspector = inspector;
        this.defaultAudience = defaultAudience;
    }

    /** @throws io.gatehouse.common.error.OAuthFailure access_denied, where no route is for it */
    Route route(OriginalRequest request) {
        Route route = routes.find(request);
        if (route == null) {
            throw Refused.because("no route is for this request");
        }
        return route;
    }

    /**
     * Fails with invalid_token, insufficient_scope or access_denied where the token does not open the route, and with
     * {@code Unavailable} where that can't be told.
     */
    Future<Identity> open(Route route, String token) {
        // A certificate on this connection would be the proxy's: bound tokens need a connection of their own.
        return inspector.inspect(route.tenant(), token, null).map(found -> {
            check(route, found);
            return Identity.of(found);
        });
    }

    private void check(Route route, AccessToken token) {
        boolean isFor = route.audience() == null
                ? defaultAudience.isOf(token)
                : token.audience().contains(route.audience());
        if (!isFor) {
            throw Refused.because("the access token is for another service: ask for one for this service");
        }
        if (!token.scope().covers(route.scope())) {
            throw OAuthError.failure(Code.INSUFFICIENT_SCOPE, "the access token lacks a scope that is needed here");
        }
        if (!route.roles().isEmpty() && Collections.disjoint(route.roles(), token.roles())) {
            throw Refused.because("the subject has no role that is needed here");
        }
    }
}
