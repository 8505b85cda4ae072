package io.gatehouse.gateway.page;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.config.AuthorizationDetailConfig;
import io.gatehouse.common.config.ScopeConfig;
import io.gatehouse.common.model.Tenant;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;

/** What all pages of one event loop share. */
public record PageParts(
        Pages pages,
        PagePaths paths,
        PageSeal seal,
        BrowserCookie browsers,
        SessionCookie cookie,
        ServiceParts services) {
    /**
     * Those of one event loop.
     *
     * @param issuer of the default tenant, without a final slash
     * @param tenants for their names and colours; may fail
     * @param scopes the operator's words for them
     * @param details likewise, for types of authorization details
     * @param services where browser sessions are taken
     */
    public static PageParts of(
            Bus bus,
            Clock clock,
            String issuer,
            Function<String, Future<Tenant>> tenants,
            List<ScopeConfig> scopes,
            List<AuthorizationDetailConfig> details,
            ServiceHosts services) {
        PagePaths paths = new PagePaths(issuer);
        return new PageParts(
                new Pages(paths, tenants, new ScopeWords(scopes), new DetailWords(details)),
                paths,
                new PageSeal(bus, clock),
                new BrowserCookie(issuer),
                new SessionCookie(issuer),
                ServiceParts.of(bus, clock, issuer, services));
    }
}
