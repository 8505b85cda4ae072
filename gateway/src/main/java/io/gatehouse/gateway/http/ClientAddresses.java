package io.gatehouse.gateway.http;

import io.gatehouse.common.config.Cidr;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from: the peer, or what trusted proxies say of it. Only headers added by a proxy whose address
 * is configured count, read from the nearest hop outwards.
 */
final class ClientAddresses {
    private final List<Cidr> trusted;

    ClientAddresses(List<Cidr> trusted) {
        this.trusted = trusted;
    }

    String of(HttpServerRequest request) {
        String address = peer(request);
        if (trusted.isEmpty() || !isTrusted(address)) {
            return address;
        }
        return forwarded(request.headers().getAll("x-forwarded-for"), address);
    }

    /** Whether the client spoke TLS, with us or with a trusted proxy that says so. */
    boolean isSecure(HttpServerRequest request) {
        if (trusted.isEmpty() || !isTrusted(peer(request))) {
            return request.isSSL();
        }
        List<String> told = request.headers().getAll("x-forwarded-proto");
        return told.size() == 1 ? told.getFirst().equalsIgnoreCase("https") : request.isSSL();
    }

    private static String peer(HttpServerRequest request) {
        SocketAddress peer = request.connection().remoteAddress();
        return peer == null || peer.hostAddress() == null ? "" : peer.hostAddress();
    }

    /** Whether the peer itself is on this machine, whatever headers say. */
    static boolean isLoopback(HttpServerRequest request) {
        SocketAddress peer = request.connection().remoteAddress();
        InetAddress address = peer == null || peer.hostAddress() == null ? null : parse(peer.hostAddress());
        return address != null && address.isLoopbackAddress();
    }

    private String forwarded(List<String> headers, String peer) {
        String[] hops = String.join(",", headers).split(",");
        String nearest = peer;
        for (int i = hops.length - 1; i >= 0; i--) {
            String hop = hops[i].trim();
            if (parse(hop) == null) {
                return nearest;
            }
            nearest = hop;
            if (!isTrusted(hop)) {
                return nearest;
            }
        }
        return nearest;
    }

    private boolean isTrusted(String text) {
        InetAddress address = parse(text);
        return address != null && trusted.stream().anyMatch(block -> block.contains(address));
    }

    /** Null where it is no literal address: a name must not make us ask the DNS. */
    private static @Nullable InetAddress parse(String text) {
        if (text.indexOf('/') >= 0) {
            return null;
        }
        try {
            return Cidr.parse(text).network();
        } catch (IllegalArgumentException notAnAddress) {
            return null;
        }
    }
}
