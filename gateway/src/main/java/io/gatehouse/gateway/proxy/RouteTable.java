package io.gatehouse.gateway.proxy;

import io.gatehouse.common.config.RouteConfig;
import java.net.URI;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All routes, in their order: the first that is for a request counts. */
public final class RouteTable {
    private final List<Route> routes;

    private RouteTable(List<Route> routes) {
        this.routes = routes;
    }

    /** @param issuer of the default tenant, at whose host routes are that name none */
    public static RouteTable of(List<RouteConfig> routes, URI issuer) {
        RequestHost own = RequestHost.read(issuer.getRawAuthority());
        return new RouteTable(
                routes.stream().map(config -> new Route(config, own)).toList());
    }

    /** Null where no route is for the request: nobody may send it. */
    public @Nullable Route find(OriginalRequest request) {
        for (Route route : routes) {
            if (route.isFor(request)) {
                return route;
            }
        }
        return null;
    }

    /**
     * Whether requests to the host are passed on from here, so that all its paths but those below {@code /.gatehouse/} are the
     * routes'. Where a proxy in front passes them on, it may name that host when it asks.
     */
    public boolean owns(RequestHost host) {
        for (Route route : routes) {
            if (!route.isBesideIssuer() && !route.upstream().isEmpty() && route.isAt(host)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a route names the host. */
    public boolean names(RequestHost host) {
        return routes.stream().anyMatch(route -> !route.isBesideIssuer() && route.isAt(host));
    }

    /** The first route that takes browser sessions at the host; null: none does. */
    @Nullable
    Route ofSessions(RequestHost host, Predicate<Route> wanted) {
        for (Route route : routes) {
            if (route.demand() == Route.Kind.SESSION && route.isAt(host) && wanted.test(route)) {
                return route;
            }
        }
        return null;
    }

    public List<Route> routes() {
        return routes;
    }
}
