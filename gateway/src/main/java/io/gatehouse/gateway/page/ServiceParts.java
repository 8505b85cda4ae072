package io.gatehouse.gateway.page;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.model.Tenant;
import java.net.URI;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * What takes part in handing sessions over to services, of one event loop.
 *
 * @param issuer of the default tenant, without a final slash
 */
public record ServiceParts(String issuer, ServiceBoxes boxes, ServiceCookies cookies, ServiceHosts hosts) {
    static final String ARRIVAL = "/.gatehouse/handover";
    static final String LOGOUT = "/.gatehouse/logout";

    /** Those of one event loop. */
    public static ServiceParts of(Bus bus, Clock clock, String issuer, ServiceHosts hosts) {
        return new ServiceParts(issuer, new ServiceBoxes(bus, clock), new ServiceCookies(issuer), hosts);
    }

    /** Where the visit goes on, at the issuer's host. */
    public String login(String tenant, String box) {
        return Tenant.issuer(issuer, tenant) + PagePaths.HANDOVER + "?state=" + box;
    }

    String logout(String tenant) {
        return Tenant.issuer(issuer, tenant) + PagePaths.LOGOUT;
    }

    /** Where the session is handed over to the service. Boxes need no encoding. */
    String handedOver(ServiceVisit visit, String code, String box) {
        return origin(visit) + ARRIVAL + "?code=" + code + "&state=" + box;
    }

    /** Likewise; null: of none. */
    @Nullable
    String originOf(@Nullable ServiceVisit visit) {
        return visit == null ? null : origin(visit);
    }

    /** Services are reached as the issuer is: cookies of either are of one kind. */
    String origin(ServiceVisit visit) {
        return URI.create(issuer).getScheme() + "://" + visit.host();
    }
}
