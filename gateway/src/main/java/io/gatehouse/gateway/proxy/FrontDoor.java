package io.gatehouse.gateway.proxy;

import io.gatehouse.gateway.oauth.Protocol;
import io.gatehouse.gateway.page.PageParts;
import io.gatehouse.gateway.page.ServicePages;
import io.gatehouse.gateway.proxy.rate.RequestLimits;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;

/**
 * Lets a request pass, or says what it lacks: the one way for requests that are passed on from here and for those that a proxy
 * in front asks about.
 */
public final class FrontDoor {
    private final Routes routes;
    private final Map<Route.Kind, Demand> demands;
    private final RouteRates rates;

    private FrontDoor(Routes routes, Map<Route.Kind, Demand> demands, RouteRates rates) {
        this.routes = routes;
        this.demands = Map.copyOf(demands);
        this.rates = rates;
    }

    /** That of one event loop. */
    public static FrontDoor of(Routes routes, Protocol protocol, PageParts pages, RequestLimits limits, Clock clock) {
        return new FrontDoor(
                routes,
                Map.of(
                        Route.Kind.PUBLIC,
                        new PublicDemand(),
                        Route.Kind.BEARER,
                        new BearerDemand(protocol),
                        Route.Kind.SESSION,
                        new SessionDemand(
                                protocol.serviceSessions(),
                                protocol.assertions(),
                                pages.services(),
                                new ServicePages(protocol, pages),
                                clock)),
                new RouteRates(limits));
    }

    /**
     * What becomes of it.
     *
     * @return fails with access_denied where no route is for it, and with {@code Unavailable} where it can't be told
     */
    public Future<Verdict> ask(Visit visit) {
        Route route = routes.table().find(visit.request());
        if (route == null) {
            return Future.failedFuture(Refused.because("no route is for this request"));
        }
        Demand demand = Objects.requireNonNull(demands.get(route.demand()));
        return rates.pass(route, visit, () -> demand.meet(route, visit));
    }
}
