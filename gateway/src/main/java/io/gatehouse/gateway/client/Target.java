package io.gatehouse.gateway.client;

import io.gatehouse.gateway.client.OutboundFailure.Reason;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a URL leads, as far as the URL itself tells.
 *
 * @param host as the certificate must name it
 * @param path with the query
 */
record Target(boolean https, String host, int port, String path) {
    private static final int HIGHEST_PORT = 65_535;

    /** @throws OutboundFailure if it is no URL for this client */
    static Target of(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        boolean https = scheme.equals("https");
        String host = url.getHost();
        boolean http = https || scheme.equals("http");
        boolean portFits = url.getPort() != 0 && url.getPort() <= HIGHEST_PORT;
        // Credentials in a URL are for nobody but whoever wrote it.
        if (!http || host == null || url.getRawUserInfo() != null || !portFits) {
            throw new OutboundFailure(Reason.URL);
        }
        int port = url.getPort() > 0 ? url.getPort() : https ? 443 : 80;
        return new Target(https, host, port, path(url));
    }

    private static String path(URI url) {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return withQuery(path, url.getRawQuery());
    }

    private static String withQuery(String path, @Nullable String query) {
        return query == null ? path : path + "?" + query;
    }

    /** For a resolver: an IPv6 address has no brackets there. */
    String name() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /**
     * The address to connect to. One bad address spoils them all: who has a choice would try again until the bad one is met.
     *
     * @throws OutboundFailure if it may not be any of these
     */
    InetAddress choose(List<InetAddress> addresses, AddressRule rule) {
        if (addresses.isEmpty()) {
            throw new OutboundFailure(Reason.NAME);
        }
        if (!addresses.stream().allMatch(rule::admits)) {
            throw new OutboundFailure(Reason.ADDRESS);
        }
        if (!https && !addresses.stream().map(AddressRule::plain).allMatch(InetAddress::isLoopbackAddress)) {
            throw new OutboundFailure(Reason.URL);
        }
        return AddressRule.plain(addresses.getFirst());
    }

    /** The connection goes to the address that was checked; everything else (Host, SNI, certificate) by the name. */
    RequestOptions options(HttpMethod method, InetAddress address) {
        return new RequestOptions()
                .setMethod(method)
                .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
                .setHost(host)
                .setPort(port)
                .setSsl(https)
                .setURI(path)
                .setFollowRedirects(false);
    }
}
