package io.gatehouse.gateway.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateEvent;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is not to be closed for being idle, since a request on it is under way for which silence is no fault: who
 * holds it looks after that request.
 */
public final class BusyConnection {
    private final @Nullable Idleness idleness;

    private BusyConnection(@Nullable Idleness idleness) {
        this.idleness = idleness;
    }

    /** The one of a request, held from now on. */
    public static BusyConnection of(HttpServerRequest request) {
        Idleness idleness =
                ((ConnectionBase) request.connection()).channel().pipeline().get(Idleness.class);
        if (idleness != null) {
            idleness.held++;
        }
        return new BusyConnection(idleness);
    }

    /** Once the request is over. To be called once. */
    public void release() {
        if (idleness != null) {
            idleness.held--;
        }
    }

    /** Keeps to itself that a connection is idle while it is held; where it still is later, that is told again. */
    static final class Idleness extends ChannelInboundHandlerAdapter {
        private static final String NOTICED_BY = "idle";
        private int held;

        static void watch(ChannelPipeline pipeline) {
            if (pipeline.get(NOTICED_BY) != null) {
                pipeline.addAfter(NOTICED_BY, "idleness", new Idleness());
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
            if (held == 0 || !(event instanceof IdleStateEvent)) {
                super.userEventTriggered(context, event);
            }
        }
    }
}
