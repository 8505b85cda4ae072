package io.gatehouse.gateway.proxy.upstream;

import java.net.URI;

/**
 * One server of a service.
 *
 * @param scheme http, https, or h2c for HTTP/2 without TLS
 */
public record Upstream(String scheme, String host, int port) {
    /** @param origin scheme, host and port, as a route names it */
    public static Upstream of(URI origin) {
        String scheme = origin.getScheme();
        int standard = scheme.equals("https") ? 443 : 80;
        String host = origin.getHost();
        return new Upstream(
                scheme,
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                origin.getPort() < 0 ? standard : origin.getPort());
    }
}
