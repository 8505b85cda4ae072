package io.gatehouse.common.config;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What routes owe each other and the rest of the configuration. */
final class RouteRules {
    private RouteRules() {}

    static void check(GatehouseConfig config, Rules rules) {
        List<RouteConfig> routes = config.routes();
        Set<String> ids = new HashSet<>();
        routes.stream()
                .filter(route -> !ids.add(route.id()))
                .forEach(route -> rules.report("routes", "lists the id " + route.id() + " twice: keep one entry"));
        URI issuer = config.knownIssuer();
        if (issuer != null) {
            for (int i = 0; i < routes.size(); i++) {
                besideIssuer(routes.get(i), issuer, KeyPath.item("routes", i), rules);
            }
        }
        reachable(routes, issuer, rules);
        if (config.runs(Role.TOKEN) && !config.bootstrap().isEmpty()) {
            knownTenants(config, rules);
        }
    }

    /** Cookies know no ports: the name alone decides. */
    private static void besideIssuer(RouteConfig route, URI issuer, String path, Rules rules) {
        String host = route.match().host();
        boolean own = host == null || RouteMatch.withoutPort(host).equalsIgnoreCase(issuer.getHost());
        if (own && !route.sameOrigin() && host != null) {
            rules.report(
                    path,
                    "is at the issuer's own host, whose login pages its scripts could reach: give it another host, or say"
                            + " same_origin: true");
        } else if (!own && route.sameOrigin()) {
            rules.report(path, "says same_origin, but names a host that is not the issuer's: leave one of them out");
        }
    }

    /** First match wins, so a route below one that takes all of its requests never gets any. */
    private static void reachable(List<RouteConfig> routes, @Nullable URI issuer, Rules rules) {
        for (int later = 1; later < routes.size(); later++) {
            RouteMatch match = at(routes.get(later), issuer);
            for (RouteConfig earlier : routes.subList(0, later)) {
                if (at(earlier, issuer).covers(match)) {
                    rules.report(
                            KeyPath.item("routes", later),
                            "never matches, for " + earlier.id() + " above it takes all of its requests: move it up");
                    break;
                }
            }
        }
    }

    private static RouteMatch at(RouteConfig route, @Nullable URI issuer) {
        RouteMatch match = route.match();
        if (match.host() != null) {
            return match;
        }
        return match.at(issuer == null ? "(issuer)" : issuer.getRawAuthority());
    }

    /** Only where the tenants are declared at all; a store may know more of them. */
    private static void knownTenants(GatehouseConfig config, Rules rules) {
        List<String> known =
                config.bootstrap().tenants().stream().map(BootstrapTenant::id).toList();
        config.routes().stream()
                .map(RouteConfig::tenant)
                .filter(tenant -> !tenant.equals(BootstrapConfig.MAIN_TENANT) && !known.contains(tenant))
                .forEach(tenant -> rules.report(
                        "routes", "names the tenant " + tenant + ", which bootstrap.tenants doesn't list"));
    }
}
