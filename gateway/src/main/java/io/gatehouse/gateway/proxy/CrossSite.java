package io.gatehouse.gateway.proxy;

import io.gatehouse.gateway.http.Exchange;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * Requests that another site's page made, which a browser adds our cookie to without its user knowing. They may read what they
 * can't see, but change nothing, and open no WebSocket.
 */
final class CrossSite {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private CrossSite() {}

    /** @param scheme of the services */
    static boolean isForged(Visit visit, String scheme) {
        Exchange exchange = visit.exchange();
        if (isWebSocket(visit.request().method(), exchange::headers)) {
            return !isOwnOrigin(visit, scheme);
        }
        if (SAFE.contains(visit.request().method())) {
            return false;
        }
        if (!exchange.headers("origin").isEmpty()) {
            return !isOwnOrigin(visit, scheme);
        }
        // Neither header: no browser of these days, and an older one sends our cookie (SameSite=Lax) to no form of
        // another site.
        return !OWN.containsAll(exchange.headers("sec-fetch-site"));
    }

    /** Some proxies in front drop what is about the connection, but not these. */
    static boolean isWebSocket(String method, Function<String, List<String>> headers) {
        return method.equals("CONNECT")
                || !headers.apply("sec-websocket-key").isEmpty()
                || !headers.apply("sec-websocket-version").isEmpty()
                || headers.apply("upgrade").stream()
                        .anyMatch(to -> to.toLowerCase(Locale.ROOT).contains("websocket"));
    }

    private static boolean isOwnOrigin(Visit visit, String scheme) {
        List<String> origins = visit.exchange().headers("origin");
        String own = scheme + "://" + visit.request().host().text();
        return origins.size() == 1 && origins.getFirst().equalsIgnoreCase(own);
    }
}
