package io.gatehouse.gateway.proxy.upstream;

import io.gatehouse.gateway.proxy.Route;
import io.gatehouse.gateway.proxy.RouteTable;
import io.gatehouse.gateway.proxy.Routes;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The services of one event loop: those that routes name which count now. */
public final class Pools implements Upstreams {
    private final Routes routes;
    private final Ledger ledger;
    private final LongSupplier nanos;
    private final Map<Upstream, Standing> standings = new HashMap<>();
    private final Map<List<URI>, Pool> pools = new HashMap<>();
    private @Nullable RouteTable seen;

    /**
     * @param ledger of the process
     * @param nanos a monotonic clock
     */
    public Pools(Routes routes, Ledger ledger, LongSupplier nanos) {
        this.routes = routes;
        this.ledger = ledger;
        this.nanos = nanos;
    }

    @Override
    public Attempts attempts(Route route, boolean repeatable) {
        RouteTable table = routes.table();
        if (table != seen) {
            forgetOthers(table);
            seen = table;
        }
        Pool pool = pools.computeIfAbsent(route.upstream(), this::pool);
        return new Attempts(pool, repeatable, () -> ledger.retried(route.id()));
    }

    @Override
    public void answered(Route route, int status) {
        ledger.answered(route.id(), status);
    }

    private Pool pool(List<URI> service) {
        List<Standing> own = service.stream()
                .map(Upstream::of)
                .distinct()
                .map(upstream -> standings.computeIfAbsent(upstream, one -> new Standing(one, ledger)))
                .toList();
        return new Pool(own, nanos);
    }

    /** What is known of upstreams that stay is kept; requests under way hold what they need themselves. */
    private void forgetOthers(RouteTable table) {
        Set<List<URI>> services = table.routes().stream().map(Route::upstream).collect(Collectors.toSet());
        pools.keySet().retainAll(services);
        Set<Upstream> named =
                services.stream().flatMap(List::stream).map(Upstream::of).collect(Collectors.toSet());
        standings.values().removeIf(standing -> {
            boolean left = !named.contains(standing.upstream());
            if (left) {
                standing.forget();
            }
            return left;
        });
    }
}
