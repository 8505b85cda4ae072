package io.gatehouse.gateway.proxy.forward;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets the client see that an upstream closes the connection behind its answer, also where it names headers besides (RFC 9112,
 * section 9.6). It would look for {@code close} alone, and send the next request into a connection that ends.
 */
@Sharable
final class CloseOption extends ChannelInboundHandlerAdapter {
    private static final CloseOption ALL = new CloseOption();

    private CloseOption() {}

    /** On a new connection to an upstream. */
    static void heed(HttpConnection connection) {
        if (connection instanceof ConnectionBase base
                && base.channel().pipeline().get("codec") != null) {
            base.channel().pipeline().addAfter("codec", "closeOption", ALL);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof HttpResponse response) {
            HttpHeaders headers = response.headers();
            if (headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true)) {
                List<CharSequence> first = new ArrayList<>(List.of(HttpHeaderValues.CLOSE));
                // What else is named there is still not to be passed on.
                first.addAll(headers.getAll(HttpHeaderNames.CONNECTION));
                headers.set(HttpHeaderNames.CONNECTION, first);
            }
        }
        super.channelRead(context, message);
    }
}
