package io.gatehouse.gateway.proxy.forward;

import io.netty.channel.ChannelOption;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;

/** Ends an answer that lacks its end, so that nobody takes it for whole. */
final class Unfinished {
    /** RFC 9113, section 7. */
    private static final long INTERNAL_ERROR = 2;

    private Unfinished() {}

    static void end(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            Future<Void> unused = request.response().reset(INTERNAL_ERROR);
            return;
        }
        if (request.version() == HttpVersion.HTTP_1_0) {
            // There, a body ends with its connection: only a reset tells that it should not have.
            ((ConnectionBase) request.connection()).channel().config().setOption(ChannelOption.SO_LINGER, 0);
        }
        Future<Void> unused = request.connection().close();
    }
}
