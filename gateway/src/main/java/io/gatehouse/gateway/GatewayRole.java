package io.gatehouse.gateway;

import io.gatehouse.common.bus.ApplicationDoor;
import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.config.ApplicationConfig;
import io.gatehouse.common.config.GatehouseConfig;
import io.gatehouse.common.config.RouteConfig;
import io.gatehouse.common.config.TlsConfig;
import io.gatehouse.common.message.PartHealth;
import io.gatehouse.common.metric.Exposition;
import io.gatehouse.common.verify.RevocationList;
import io.gatehouse.gateway.oauth.Knowledge;
import io.gatehouse.gateway.proxy.RouteTable;
import io.gatehouse.gateway.proxy.Routes;
import io.gatehouse.gateway.proxy.rate.LocalLimits;
import io.gatehouse.gateway.proxy.upstream.Ledger;
import io.gatehouse.gateway.tls.ListenerTls;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** What the gateway's event loops of one process share. */
public final class GatewayRole {
    private final SharedParts shared;
    /** One event loop is enough for what a process does once. */
    private final AtomicBoolean isFirst = new AtomicBoolean();

    /** @param demo answers loopback Host headers only */
    public GatewayRole(GatehouseConfig config, boolean demo, Clock clock) {
        TlsConfig tls = config.server().tls();
        this.shared = new SharedParts(
                config,
                demo,
                clock,
                new Knowledge(clock, config.revocation().staleness()),
                tls == null ? null : new ListenerTls(tls, clock),
                new Routes(RouteTable.of(
                        config.routes(), config.issuerAt(config.server().port()))),
                new Ledger(),
                new LocalLimits(clock),
                new ApplicationDoor(
                        config.applications().stream()
                                .map(ApplicationConfig::access)
                                .toList(),
                        clock));
    }

    /** Once per process, before the first verticle: completes when revocations and changes are followed. */
    public Future<Void> follow(Bus bus) {
        return shared.knowledge().follow(bus);
    }

    /** One per event loop. */
    public GatewayVerticle verticle(Bus bus) {
        return new GatewayVerticle(bus, shared, isFirst.compareAndSet(false, true));
    }

    /**
     * From now on requests are asked for by other routes; those under way end by the ones that they began with.
     *
     * @param configured as they were checked, beside the issuer that this process was started with
     */
    public void reroute(List<RouteConfig> configured) {
        GatehouseConfig config = shared.config();
        RouteTable table =
                RouteTable.of(configured, config.issuerAt(config.server().port()));
        shared.routes().replace(table);
        shared.ledger().keep(table);
    }

    /** Writes down how the routes and the services behind them do. */
    public void measure(Exposition out) {
        shared.ledger().write(shared.routes().table(), out);
    }

    /** Whether this process may verify tokens. */
    public PartHealth health() {
        RevocationList revocations = shared.knowledge().revocations();
        return new PartHealth(
                revocations.isFresh(),
                Map.of(
                        "revocation_head", String.valueOf(revocations.head()),
                        "revocation_entries", String.valueOf(revocations.size())));
    }
}
