package io.gatehouse.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;

/** Holds back the first bytes of a connection until they tell which HTTP it speaks (RFC 9113, section 3.4). */
final class Preface extends ChannelInboundHandlerAdapter {
    private static final byte[] HTTP_2 = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final long NOTHING_PENDING = 0;

    /** Makes the connection one of a version, before any byte of it goes on. */
    interface Choice {
        void speaks(boolean http2);
    }

    private final Choice choice;
    private int held;
    private long pendingSince = NOTHING_PENDING;

    Preface(Choice choice) {
        this.choice = choice;
    }

    /** By {@link System#nanoTime}; 0 while nothing has come. */
    long pendingSince() {
        return pendingSince;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        int compared = Math.min(bytes.readableBytes(), HTTP_2.length - held);
        boolean begins = isPreface(bytes, compared);
        if (begins && held + compared < HTTP_2.length) {
            held += compared;
            pendingSince = pendingSince == NOTHING_PENDING ? System.nanoTime() | 1 : pendingSince;
            bytes.release();
            return;
        }
        choice.speaks(begins);
        context.pipeline().remove(this);
        context.fireChannelRead(Unpooled.wrappedBuffer(Unpooled.wrappedBuffer(HTTP_2, 0, held), bytes));
    }

    private boolean isPreface(ByteBuf bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes.getByte(bytes.readerIndex() + i) != HTTP_2[held + i]) {
                return false;
            }
        }
        return true;
    }
}
