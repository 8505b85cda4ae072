package io.gatehouse.gateway.proxy.forward;

import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.proxy.Route;
import io.gatehouse.gateway.proxy.Verdict;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the upstream gets of a request's headers: nothing that is about the connection, nothing that only Gatehouse may say, and
 * nothing that opens other doors.
 */
final class RequestHeaders {
    private static final String OUR_NAMES = "x-gatehouse-";

    /** Set anew below, or nobody's affair behind the door. Some frameworks take the path from those at the end. */
    private static final Set<String> DROPPED = Set.of(
            "host",
            "cookie",
            "authorization",
            "dpop",
            "expect",
            "forwarded",
            "proxy",
            "x-gatehouse",
            "x-forwarded",
            "x-real-ip",
            "x-rewrite-url");

    private RequestHeaders() {}

    /**
     * @param from those that came
     * @param to those of the request to the upstream
     * @param version that the upstream speaks
     */
    static void copy(MultiMap from, Exchange exchange, Verdict.Passed passed, MultiMap to, HttpVersion version) {
        Set<String> hop = HopHeaders.in(from);
        for (Map.Entry<String, String> header : from) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!hop.contains(name) && !isDropped(name)) {
                to.add(header.getKey(), header.getValue());
            }
        }
        put(to, HttpHeaders.COOKIE, OwnCookies.without(from.getAll(HttpHeaders.COOKIE)));
        put(to, HttpHeaders.AUTHORIZATION, authorization(from, passed.route()));
        if (version == HttpVersion.HTTP_2 && HopHeaders.names(from, "te", "trailers")) {
            to.set("te", "trailers");
        }
        passed.identity().headers().forEach(to::set);
        tellOrigin(exchange, to);
    }

    private static boolean isDropped(String name) {
        return DROPPED.contains(name)
                || (name.startsWith("x-")
                        && (name.startsWith(OUR_NAMES)
                                || name.startsWith("x-forwarded-")
                                || name.startsWith("x-original-")));
    }

    /** A session is no token, so that whatever the header holds was not looked at. */
    private static @Nullable String authorization(MultiMap from, Route route) {
        boolean forwards = route.forwardsToken() && route.demand() != Route.Kind.SESSION;
        return forwards ? from.get(HttpHeaders.AUTHORIZATION) : null;
    }

    private static void tellOrigin(Exchange exchange, MultiMap to) {
        String host = exchange.host();
        int colon = host.lastIndexOf(':');
        boolean named = colon > host.lastIndexOf(']');
        String standard = exchange.isSecure() ? "443" : "80";
        to.set("X-Forwarded-For", exchange.clientAddress());
        to.set("X-Forwarded-Proto", exchange.isSecure() ? "https" : "http");
        to.set("X-Forwarded-Host", host);
        to.set("X-Forwarded-Port", named ? host.substring(colon + 1) : standard);
    }

    private static void put(MultiMap to, CharSequence name, @Nullable String value) {
        if (value != null) {
            to.set(name, value);
        }
    }
}
