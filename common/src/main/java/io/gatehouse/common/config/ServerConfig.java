package io.gatehouse.common.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The public listener.
 *
 * @param host a name or an IP address to listen on
 * @param port 0 takes any free port
 * @param trustedProxies whose forwarded headers count
 * @param maxBody bytes of a request's body
 * @param maxHeaderSize bytes of a request's headers
 * @param idleTimeout silence after which a connection is closed
 * @param streamIdleTimeout silence after which an answer or a WebSocket that is passed on is ended
 * @param requestTimeout time for a request to arrive whole
 * @param stopTimeout time for a node that is told to stop to finish what is in flight, and to write it down
 * @param maxConnections open at once
 * @param eventLoops 0: one per core, see {@link #eventLoopsOn}
 * @param cleartextHttp2 whether HTTP/2 is spoken without TLS as well
 * @param tls null: plain HTTP
 */
public record ServerConfig(
        @Key(doc = "The address or name to listen on.", defaultValue = "127.0.0.1", min = "1", max = "253")
        String host,

        @Key(doc = "The port to listen on; 0 takes any free one.", defaultValue = "8080", min = "0", max = "65535")
        int port,

        @Key(doc = """
                        Proxies in front, as addresses or CIDR blocks. Only from these do Forwarded and
                        X-Forwarded headers decide anything.""") List<Cidr> trustedProxies,

        @Key(
                doc = "The largest request body, in bytes; larger ones get 413.",
                defaultValue = "65536",
                min = "1024",
                max = "16777216")
        int maxBody,

        @Key(
                doc = "The largest header section of a request, in bytes; larger ones get 431.",
                defaultValue = "16384",
                min = "1024",
                max = "1048576")
        int maxHeaderSize,

        @Key(
                doc = "A connection on which nothing moves for so long is closed.",
                defaultValue = "PT30S",
                min = "PT1S",
                max = "PT10M")
        Duration idleTimeout,

        @Key(
                doc =
                        "A stream through a route (server-sent events, WebSocket, gRPC) on which nothing moves for so long is ended.",
                defaultValue = "PT1H",
                min = "PT1S",
                max = "P1D")
        Duration streamIdleTimeout,

        @Key(
                doc = "A request must have arrived whole within this time; slow senders are cut off.",
                defaultValue = "PT10S",
                min = "PT1S",
                max = "PT5M")
        Duration requestTimeout,

        @Key(doc = """
                        A node that is told to stop (and a member of a cluster has served for cluster.drain) has so long to
                        finish what is in flight, which gets ten seconds of it, and to write it down. A part that takes longer
                        is named in the log and left behind.""", defaultValue = "PT15S", min = "PT1S", max = "PT5M")
        Duration stopTimeout,

        @Key(
                doc = "Connections open at once; further ones are closed at once.",
                defaultValue = "10000",
                min = "1",
                max = "1000000")
        int maxConnections,

        @Key(doc = "Event loops; 0 is one per core.", defaultValue = "0", min = "0", max = "1024")
        int eventLoops,

        @Key(doc = """
                        Without tls: speak HTTP/2 as well to clients that begin with it (h2c by prior knowledge), such as gRPC clients
                        behind a balancer that passes connections on. The upgrade from HTTP/1.1 is never spoken.""", defaultValue = "false", onlyFor = Role.GATEWAY)
        boolean cleartextHttp2,

        @Key(doc = """
                        TLS, with HTTP/2 beside HTTP/1.1; absent: plain HTTP, for a proxy in front that ends TLS. With it the issuer is
                        https.""", optional = true, onlyFor = Role.GATEWAY) @Nullable
        TlsConfig tls)
        implements Checked {

    /** Copies its list. */
    public ServerConfig {
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** How it is reached, unless a proxy stands in front. */
    public String scheme() {
        return tls == null ? "http" : "https";
    }

    /** Whether only this machine can reach the listener. */
    public boolean onLoopback() {
        return LoopbackHost.matches(host);
    }

    /** How many event loops to run on a machine with so many cores. */
    public int eventLoopsOn(int cores) {
        return eventLoops == 0 ? Math.max(1, cores) : eventLoops;
    }

    @Override
    public void check(Rules rules) {
        rules.require(ListenAddress.isHost(host), "host", ListenAddress.ADVICE);
        rules.require(
                trustedProxies.stream().noneMatch(block -> block.prefix() == 0),
                "trusted_proxies",
                "trusts every address there is, so that anybody could forge forwarded headers: name the proxies");
        rules.require(
                tls == null || !cleartextHttp2,
                "cleartext_http2",
                "is for a listener without TLS: leave it out, with server.tls HTTP/2 is spoken anyway");
    }
}
