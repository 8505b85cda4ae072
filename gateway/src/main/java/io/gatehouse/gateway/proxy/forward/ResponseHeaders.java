package io.gatehouse.gateway.proxy.forward;

import io.gatehouse.gateway.http.Reply;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the sender of a request gets of an answer's headers and trailers. */
final class ResponseHeaders {
    private static final String TRANSPORT_SECURITY = "strict-transport-security";
    private static final Set<String> NEVER_TRAILERS = Set.of(
            "content-length",
            "content-type",
            "content-encoding",
            "content-range",
            "host",
            "authorization",
            "www-authenticate",
            "location",
            "set-cookie",
            "cache-control",
            TRANSPORT_SECURITY);

    /** Null: none is sent, and that of the upstream is left as it is. */
    private final @Nullable String transportSecurity;

    /** @param transportSecurity the value of Strict-Transport-Security; null: this listener has no TLS */
    ResponseHeaders(@Nullable String transportSecurity) {
        this.transportSecurity = transportSecurity;
    }

    /** @param told besides */
    void copy(MultiMap from, List<Reply.Header> told, MultiMap to) {
        Set<String> hop = HopHeaders.in(from);
        for (Map.Entry<String, String> header : from) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!hop.contains(name) && !isOurs(name, header.getValue())) {
                to.add(header.getKey(), header.getValue());
            }
        }
        if (transportSecurity != null) {
            to.set(TRANSPORT_SECURITY, transportSecurity);
        }
        for (Reply.Header header : told) {
            to.add(header.name(), header.value());
        }
    }

    /** RFC 9110, section 6.5.1: nothing that a head decides. */
    static void copyTrailers(MultiMap from, MultiMap to) {
        Set<String> hop = HopHeaders.in(from);
        for (Map.Entry<String, String> trailer : from) {
            String name = trailer.getKey().toLowerCase(Locale.ROOT);
            if (!hop.contains(name) && !NEVER_TRAILERS.contains(name) && !isOurs(name, trailer.getValue())) {
                to.add(trailer.getKey(), trailer.getValue());
            }
        }
    }

    private static boolean isOurs(String name, String value) {
        return name.startsWith("x-gatehouse-") || (name.equals("set-cookie") && OwnCookies.isOwn(value));
    }
}
