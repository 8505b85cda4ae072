package io.gatehouse.gateway.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The open connections of one event loop: bounded in number, read by our own decoder, and closed when a request takes
 * too long to arrive.
 */
public final class Connections {
    private static final String DECODER = "httpDecoder";

    /** Since when something has been incomplete; of HTTP/2 nothing is, whose requests have limits of their own. */
    private final Map<Channel, LongSupplier> open = new HashMap<>();

    private final HttpServerOptions options;
    private final ByteBudget budget;
    private final int limit;
    private final long patienceNanos;

    /**
     * @param loops that share the heap
     * @param limit connections of this loop at once
     * @param patience time for a request to arrive whole
     */
    public Connections(HttpServerOptions options, int loops, int limit, Duration patience) {
        this.options = options;
        this.budget = ByteBudget.ofHeap(loops);
        this.limit = limit;
        // The reader of a body answers 408 at the same age; closing unanswered is for requests it never sees.
        this.patienceNanos = patience.plusSeconds(2).toNanos();
    }

    /** Looks for slow senders each second. */
    public void watch(Vertx vertx) {
        vertx.setPeriodic(1000, tick -> closeSlow());
    }

    /** To be the connection handler of one event loop's server. */
    public void accept(HttpConnection connection) {
        Channel channel = ((ConnectionBase) connection).channel();
        if (!open.containsKey(channel) && open.size() >= limit) {
            connection.close();
            return;
        }
        BusyConnection.Idleness.watch(channel.pipeline());
        hold(channel, pendingSince(channel.pipeline()));
    }

    /**
     * Counts one that does not yet say what it speaks.
     *
     * @param pendingSince by {@link System#nanoTime}; 0 while nothing has come
     * @return whether it is not one too many
     */
    boolean enter(Channel channel, LongSupplier pendingSince) {
        boolean fits = open.size() < limit;
        if (fits) {
            hold(channel, pendingSince);
        }
        return fits;
    }

    private void hold(Channel channel, LongSupplier pendingSince) {
        if (open.put(channel, pendingSince) == null) {
            // The connection itself is not told once it has been upgraded to another protocol.
            ChannelFuture unused = channel.closeFuture().addListener(closed -> open.remove(channel));
        }
    }

    private LongSupplier pendingSince(ChannelPipeline pipeline) {
        if (pipeline.get(DECODER) == null) {
            return () -> 0;
        }
        StrictRequestDecoder decoder = new StrictRequestDecoder(options, budget);
        pipeline.replace(DECODER, DECODER, decoder);
        return decoder::pendingSince;
    }

    /** The body of the request is passed on as it arrives: it need not arrive whole within the time for requests. */
    public static void passOn(HttpServerRequest request) {
        ChannelPipeline pipeline =
                ((ConnectionBase) request.connection()).channel().pipeline();
        if (pipeline.get(DECODER) instanceof StrictRequestDecoder decoder) {
            decoder.passOn(request.headers());
        }
    }

    /** Of what has not arrived whole. */
    ByteBudget budget() {
        return budget;
    }

    private void closeSlow() {
        long now = System.nanoTime();
        List<Channel> slow = new ArrayList<>();
        open.forEach((channel, pending) -> {
            long since = pending.getAsLong();
            if (since != 0 && now - since > patienceNanos) {
                slow.add(channel);
            }
        });
        for (Channel channel : slow) {
            ChannelFuture unused = channel.close();
        }
    }
}
