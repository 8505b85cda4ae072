package io.gatehouse.gateway.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.config.ConfigLoader;
import io.gatehouse.gateway.proxy.Route;
import io.gatehouse.gateway.proxy.RouteTable;
import io.gatehouse.gateway.proxy.Routes;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Upstreams of a route, under a clock that is moved by hand. */
abstract class PoolsCase {
    long nanos = Long.MAX_VALUE - 5; // such a clock may begin anywhere, and overflow
    final Ledger ledger = new Ledger();
    final Routes routes = new Routes(table("[http://a:1, http://b:1]"));
    final Pools pools = new Pools(routes, ledger, () -> nanos);

    static RouteTable table(String upstream) {
        String yaml = """
                issuer: https://login.example.org
                routes:
                  - {id: shop, match: {host: shop}, demand: public, upstream: %s}
                """.formatted(upstream);
        return RouteTable.of(ConfigLoader.parse(yaml).routes(), URI.create("https://login.example.org"));
    }

    void use(String upstream) {
        routes.replace(table(upstream));
    }

    Attempts ask(boolean repeatable) {
        Route route = routes.table().routes().getFirst();
        return pools.attempts(route, repeatable);
    }

    Attempt begin() {
        return ask(true).first();
    }

    void pass(Duration time) {
        nanos += time.toNanos();
    }

    static String host(Attempt attempt) {
        return attempt.upstream().host();
    }

    /** Hosts of so many requests that are under way at once. */
    List<String> hosts(int requests) {
        List<Attempt> attempts =
                IntStream.range(0, requests).mapToObj(i -> begin()).toList();
        attempts.forEach(attempt -> {
            attempt.answered(200);
            attempt.ended();
        });
        return attempts.stream().map(PoolsTest::host).toList();
    }

    /** Until the host rests, or so many requests of it have failed. */
    void fail(String host, int times) {
        int failed = 0;
        for (int i = 0; i < 1000 && failed < times; i++) {
            Attempt attempt = begin();
            if (host(attempt).equals(host)) {
                attempt.failed(Failure.BROKEN);
                failed++;
            } else {
                attempt.givenUp();
            }
        }
        assertThat(failed).isEqualTo(times);
    }
}
