package io.gatehouse.gateway.http;

import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerImpl;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.NetServerImpl;
import io.vertx.core.net.impl.NetServerInternal;
import io.vertx.core.net.impl.NetSocketImpl;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/2 without TLS beside HTTP/1 on one port, for clients that know that it is spoken (RFC 9113, section 3.3). A server of
 * Vert.x offers that only together with the upgrade from HTTP/1, by which requests slip past proxies; until then it counts no
 * connection, and reads the first request by a decoder that is not ours. So here are two servers, one per version: the one of
 * HTTP/1 listens, and a connection goes to the other where it begins so. Of one event loop.
 */
final class PriorKnowledge {
    private final VertxInternal vertx;
    private final Connections connections;
    /** Makes a connection one of HTTP/2. */
    private @Nullable Handler<NetSocket> multiplexed;

    PriorKnowledge(Vertx vertx, Connections connections) {
        this.vertx = (VertxInternal) vertx;
        this.connections = connections;
    }

    /** The server of HTTP/1, which listens for both. */
    HttpServer listening(HttpServerOptions options) {
        return server(options, sockets -> new NetServerImpl(vertx, sockets) {
            @Override
            public synchronized NetServerInternal connectHandler(@Nullable Handler<NetSocket> plain) {
                return super.connectHandler(socket -> greet((NetSocketImpl) socket, Objects.requireNonNull(plain)));
            }
        });
    }

    /** The server of HTTP/2, which takes up no port: it is to be told to listen before the other is. */
    HttpServer beside(HttpServerOptions options) {
        HttpServerOptions clear = new HttpServerOptions(options).setHttp2ClearTextEnabled(true);
        return server(clear, sockets -> new NetServerImpl(vertx, sockets) {
            @Override
            public Future<NetServer> listen(ContextInternal context, SocketAddress address) {
                multiplexed = connectHandler();
                return context.succeededFuture(this);
            }
        });
    }

    private HttpServer server(HttpServerOptions options, Function<NetServerOptions, NetServerInternal> sockets) {
        VertxWrapper made = new VertxWrapper(vertx) {
            @Override
            public NetServerInternal createNetServer(NetServerOptions asked) {
                return sockets.apply(asked);
            }
        };
        return new HttpServerImpl(made, options);
    }

    private void greet(NetSocketImpl socket, Handler<NetSocket> plain) {
        Handler<NetSocket> http2 = Objects.requireNonNull(multiplexed, "the server of HTTP/2 was not told to listen");
        Channel channel = socket.channel();
        Preface preface = new Preface(isHttp2 -> socket.context().emit(socket, isHttp2 ? http2 : plain));
        if (connections.enter(channel, preface::pendingSince)) {
            channel.pipeline().addFirst("preface", preface);
        } else {
            Future<Void> unused = socket.close();
        }
    }
}
