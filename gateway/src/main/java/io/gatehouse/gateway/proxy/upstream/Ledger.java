package io.gatehouse.gateway.proxy.upstream;

import io.gatehouse.common.metric.Exposition;
import io.gatehouse.gateway.proxy.Route;
import io.gatehouse.gateway.proxy.RouteTable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What all event loops of a process have seen of the services behind the routes. For metrics; it decides nothing. */
public final class Ledger {
    /** By the first digit of statuses; 0: no class that HTTP knows. */
    private static final int CLASSES = 6;

    /** By event loops that leave it alone now. */
    private final Map<Upstream, Integer> resting = new ConcurrentHashMap<>();

    private final Map<String, RouteCount> routes = new ConcurrentHashMap<>();

    private record RouteCount(LongAdder retries, List<LongAdder> statuses) {
        static RouteCount zero() {
            return new RouteCount(
                    new LongAdder(),
                    Stream.generate(LongAdder::new).limit(CLASSES).toList());
        }
    }

    void rests(Upstream upstream, boolean rests) {
        resting.merge(upstream, rests ? 1 : -1, (before, step) -> before + step == 0 ? null : before + step);
    }

    /** How many event loops leave it alone now. */
    int resting(Upstream upstream) {
        return resting.getOrDefault(upstream, 0);
    }

    void retried(String route) {
        of(route).retries.increment();
    }

    long retries(String route) {
        return of(route).retries.sum();
    }

    /**
     * A request was answered, by an upstream or in its place.
     *
     * @param route its id
     */
    public void answered(String route, int status) {
        of(route).statuses.get(status < 100 * CLASSES ? status / 100 : 0).increment();
    }

    /** Forgets the routes that are no more. */
    public void keep(RouteTable table) {
        Set<String> ids = table.routes().stream().map(Route::id).collect(Collectors.toSet());
        routes.keySet().retainAll(ids);
    }

    private RouteCount of(String route) {
        return routes.computeIfAbsent(route, id -> RouteCount.zero());
    }

    /** Writes down what concerns these routes. */
    public void write(RouteTable table, Exposition out) {
        out.counter(
                "gatehouse_route_requests_total",
                "Requests that were passed on or refused, by the class of their status.");
        for (Route route : table.routes()) {
            RouteCount count = of(route.id());
            IntStream.range(1, CLASSES)
                    .forEach(i -> out.add(count.statuses.get(i).sum(), "route", route.id(), "status", i + "xx"));
        }
        out.counter("gatehouse_route_retries_total", "Attempts that were not the first of their request.");
        table.routes().forEach(route -> out.add(retries(route.id()), "route", route.id()));
        out.gauge("gatehouse_upstream_up", "1, or 0 while an event loop or more leave the upstream alone.");
        table.routes().forEach(route -> writeUpstreams(route, out));
    }

    private void writeUpstreams(Route route, Exposition out) {
        for (int i = 0; i < route.upstream().size(); i++) {
            Upstream upstream = Upstream.of(route.upstream().get(i));
            out.add(resting(upstream) == 0 ? 1 : 0, "route", route.id(), "upstream", String.valueOf(i));
        }
    }
}
