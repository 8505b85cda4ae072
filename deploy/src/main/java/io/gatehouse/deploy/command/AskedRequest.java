package io.gatehouse.deploy.command;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The request that somebody asks about: the one of the URL, or, where that is a path of {@code /forward-auth}, the one that a proxy tells
 * of there.
 *
 * @param form which headers tell of it; null: it is the one of the URL
 */
record AskedRequest(
        String method,
        String authority,
        String target,
        @Nullable String form) {
    private static final String DOOR = "/forward-auth";
    private static final String ENVOY = DOOR + "/envoy";

    /** @throws UsageError where the proxy's headers are not there, each once */
    static AskedRequest of(String method, String authority, String target, ShownHeaders headers) {
        String path = target.contains("?") ? target.substring(0, target.indexOf('?')) : target;
        if (path.startsWith(ENVOY + "/")) {
            return new AskedRequest(method, authority, target.substring(ENVOY.length()), "the path behind " + ENVOY);
        }
        return switch (path) {
            case DOOR, DOOR + "/traefik", DOOR + "/caddy" -> told("X-Forwarded-", headers);
            case DOOR + "/nginx", DOOR + "/haproxy" -> told("X-Original-", headers);
            default -> new AskedRequest(method.toUpperCase(Locale.ROOT), authority, target, null);
        };
    }

    private static AskedRequest told(String prefix, ShownHeaders headers) {
        return new AskedRequest(
                only(prefix + "Method", headers),
                only(prefix + "Host", headers),
                only(prefix + "Uri", headers),
                prefix + "Method, -Host and -Uri");
    }

    private static String only(String name, ShownHeaders headers) {
        List<String> values = headers.all(name);
        if (values.size() != 1) {
            throw new UsageError("at this path a proxy sends " + name + " once: add --header '" + name + ": ...'");
        }
        return values.getFirst();
    }
}
