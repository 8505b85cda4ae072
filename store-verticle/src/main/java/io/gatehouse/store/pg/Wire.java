package io.gatehouse.store.pg;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The socket of one connection, kept within reach. The driver turns every close into a message to the server and waits
 * for the server to hang up: with one that no longer listens that would be never, and each connection would keep its
 * socket.
 */
final class Wire extends VertxWrapper {
    private @Nullable Channel channel;
    private boolean severed;

    Wire(Vertx vertx) {
        super((VertxInternal) vertx);
    }

    /** The driver's way to a socket. */
    @Override
    public NetClient createNetClient(NetClientOptions options) {
        return new Tapped(super.createNetClient(options));
    }

    /** Closes the socket, or the one that is being opened, without a word to the server. */
    synchronized void sever() {
        severed = true;
        Channel open = channel;
        if (open != null) {
            open.eventLoop().execute(() -> close(open));
        }
    }

    private synchronized void hold(NetSocket socket) {
        channel = ((NetSocketInternal) socket).channelHandlerContext().channel();
        if (severed) {
            sever();
        }
    }

    // From the end of the pipeline it would pass the driver.
    private static void close(Channel channel) {
        ChannelHandlerContext first = channel.pipeline().firstContext();
        if (first != null) {
            var unused = first.close();
        }
    }

    private final class Tapped implements NetClient {
        private final NetClient client;

        Tapped(NetClient client) {
            this.client = client;
        }

        @Override
        public Future<NetSocket> connect(ConnectOptions options) {
            return client.connect(options).onSuccess(Wire.this::hold);
        }

        @Override
        public Future<NetSocket> connect(int port, String host) {
            return client.connect(port, host).onSuccess(Wire.this::hold);
        }

        @Override
        public Future<NetSocket> connect(int port, String host, String serverName) {
            return client.connect(port, host, serverName).onSuccess(Wire.this::hold);
        }

        @Override
        public Future<NetSocket> connect(SocketAddress address) {
            return client.connect(address).onSuccess(Wire.this::hold);
        }

        @Override
        public Future<NetSocket> connect(SocketAddress address, String serverName) {
            return client.connect(address, serverName).onSuccess(Wire.this::hold);
        }

        @Override
        public Future<Void> shutdown(long timeout, TimeUnit unit) {
            return client.shutdown(timeout, unit);
        }

        @Override
        public Future<Boolean> updateSSLOptions(ClientSSLOptions options, boolean force) {
            return client.updateSSLOptions(options, force);
        }
    }
}
