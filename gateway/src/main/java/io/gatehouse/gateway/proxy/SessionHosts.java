package io.gatehouse.gateway.proxy;

import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.gateway.page.ServiceHosts;
import org.jspecify.annotations.Nullable;

/** The hosts of routes that take browser sessions, as the routes are now. */
public final class SessionHosts implements ServiceHosts {
    private final Routes routes;

    public SessionHosts(Routes routes) {
        this.routes = routes;
    }

    @Override
    public boolean take(String tenant, String host) {
        RequestHost asked = read(host);
        return asked != null
                && routes.table().ofSessions(asked, route -> route.tenant().equals(tenant)) != null;
    }

    @Override
    public @Nullable String named(String authority) {
        RequestHost asked = read(authority);
        return asked == null || routes.table().ofSessions(asked, any -> true) == null ? null : asked.text();
    }

    @Override
    public @Nullable String tenantAt(String host) {
        RequestHost asked = read(host);
        Route route = asked == null ? null : routes.table().ofSessions(asked, any -> true);
        return route == null ? null : route.tenant();
    }

    private static @Nullable RequestHost read(String authority) {
        try {
            return RequestHost.read(authority);
        } catch (OAuthFailure noHost) {
            return null;
        }
    }
}
