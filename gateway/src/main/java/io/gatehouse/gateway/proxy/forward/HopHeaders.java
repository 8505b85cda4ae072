package io.gatehouse.gateway.proxy.forward;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The headers that are about one connection, and end with it (RFC 9110, section 7.6.1). */
final class HopHeaders {
    private static final Set<String> ALWAYS = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-authentication-info",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings",
            "alt-svc");

    /** Nobody takes these away by naming them in Connection: they say where a body ends, and who may see it. */
    private static final Set<String> NEVER = Set.of("content-length", "content-type", "host", "cache-control");

    private HopHeaders() {}

    /** @return names in lower case */
    static Set<String> in(MultiMap headers) {
        if (!headers.contains(HttpHeaders.CONNECTION)) {
            return ALWAYS;
        }
        List<String> lines = headers.getAll(HttpHeaders.CONNECTION);
        if (lines.stream().allMatch(HopHeaders::isUsual)) {
            return ALWAYS;
        }
        Set<String> names = new HashSet<>(ALWAYS);
        for (String line : lines) {
            for (String name : line.split(",", -1)) {
                names.add(name.trim().toLowerCase(Locale.ROOT));
            }
        }
        names.removeAll(NEVER);
        return names;
    }

    /** Whether one of the names in a list is this. */
    static boolean names(MultiMap headers, CharSequence header, String name) {
        for (String line : headers.getAll(header)) {
            for (String one : line.split(",", -1)) {
                if (one.trim().equalsIgnoreCase(name)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isUsual(String connection) {
        return connection.equalsIgnoreCase("keep-alive")
                || connection.equalsIgnoreCase("close")
                || connection.equalsIgnoreCase("upgrade");
    }
}
