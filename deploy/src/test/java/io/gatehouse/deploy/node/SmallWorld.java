package io.gatehouse.deploy.node;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.impl.transports.NioTransport;
import io.vertx.core.impl.transports.TransportInternal;
import io.vertx.core.transport.Transport;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A public internet of a few machines. A node that lives in it finds their names at public addresses, and asks as it asks
 * anybody: only its connections end at ports of this machine. Nothing else is reached.
 */
public final class SmallWorld {
    private static final int HTTPS = 443;

    private final Map<String, String> addresses = new TreeMap<>();
    private final Map<String, Integer> ports = new ConcurrentHashMap<>();

    /**
     * Gives a machine a name and an address; before the node starts.
     *
     * @param port of this machine, in place of its port 443
     */
    public void add(String name, int port) {
        String address = "11.0.0." + (addresses.size() + 1);
        addresses.put(name, address);
        ports.put(address, port);
    }

    /** A node in it; as {@link NodeProcess#start(StartRequest, PrintStream)}. */
    public NodeProcess start(StartRequest request, PrintStream out) {
        return NodeProcess.start(request, out, this::open);
    }

    private Vertx open(int loops) {
        StringBuilder hosts = new StringBuilder();
        addresses.forEach((name, address) ->
                hosts.append(address).append(' ').append(name).append('\n'));
        VertxOptions options = EventLoops.options(loops)
                .setAddressResolverOptions(new AddressResolverOptions()
                        .setHostsValue(Buffer.buffer(hosts.toString()))
                        // Nobody is asked about other names.
                        .setServers(List.of("127.0.0.1:9"))
                        .setSearchDomains(List.of()));
        Transport transport = new TransportInternal("small world", true, null, new WorldTransport());
        return Vertx.builder().with(options).withTransport(transport).build();
    }

    private SocketAddress home(SocketAddress remote) throws ConnectException {
        InetAddress address = ((InetSocketAddress) remote).getAddress();
        if (address.isLoopbackAddress()) {
            return remote;
        }
        Integer port = ports.get(address.getHostAddress());
        if (port == null || ((InetSocketAddress) remote).getPort() != HTTPS) {
            throw new ConnectException("nobody is there");
        }
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private final class WorldTransport extends NioTransport {
        @Override
        public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
            return WorldChannel::new;
        }
    }

    private final class WorldChannel extends NioSocketChannel {
        @Override
        protected boolean doConnect(SocketAddress remote, SocketAddress local) throws Exception {
            return super.doConnect(home(remote), local);
        }
    }
}
