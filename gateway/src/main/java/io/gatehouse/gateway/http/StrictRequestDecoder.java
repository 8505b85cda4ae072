package io.gatehouse.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads HTTP/1 requests, comparing every byte of a header name: the decoder it extends skips one where it recognises
 * common names, so that {@code Content-Xength} would frame the body. It refuses whatever else two servers might read
 * differently and nobody sends by accident. It also knows since when a request is incomplete.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {
    private static final long NOTHING_PENDING = 0;
    /** What is read beyond the largest request is thrown away as it comes. */
    private static final long MOST_HELD = 128 * 1024;

    private static final Set<String> VERSIONS = Set.of("HTTP/1.1", "HTTP/1.0");
    /** RFC 9112, section 3.2.2. */
    private static final Pattern WHOLE_URL = Pattern.compile("https?://[^/?#]+/", Pattern.CASE_INSENSITIVE);

    private final ByteBudget budget;
    private long held;
    private volatile long pendingSince = NOTHING_PENDING;
    private ByteBuf source = Unpooled.EMPTY_BUFFER;
    private int sourceStart;
    private boolean inHead = true;
    private boolean folded;
    private @Nullable HttpHeaders current;
    private boolean passingOn;

    /** @param budget of the event loop */
    StrictRequestDecoder(HttpServerOptions options, ByteBudget budget) {
        super(options);
        this.budget = budget;
    }

    /** By {@link System#nanoTime}; 0 while no request has begun or all that began have arrived whole. */
    long pendingSince() {
        return pendingSince;
    }

    /**
     * Lets the body of a request come as slowly as it may: it is passed on as it arrives, and not held. Other requests of the
     * connection are still bound to arrive in time.
     *
     * @param headers of that request: where it has arrived whole, another may be on its way already
     */
    void passOn(Object headers) {
        if (current == headers) {
            passingOn = true;
            pendingSince = NOTHING_PENDING;
            letGo();
        }
    }

    /** Whoever makes the incomplete requests of the loop too many is cut off, without an answer that would cost more. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        long arrived = message instanceof ByteBuf buffer ? buffer.readableBytes() : 0;
        super.channelRead(context, message);
        if (pendingSince == NOTHING_PENDING) {
            letGo();
            return;
        }
        long more = Math.min(arrived, MOST_HELD - held);
        held += more;
        if (!budget.take(more)) {
            ChannelFuture unused = context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        letGo();
        super.channelInactive(context);
    }

    private void letGo() {
        budget.give(held);
        held = 0;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf buffer, List<Object> out) throws Exception {
        if (pendingSince == NOTHING_PENDING && !passingOn) {
            pendingSince = System.nanoTime() | 1;
        }
        int before = out.size();
        source = buffer;
        sourceStart = buffer.readerIndex();
        super.decode(context, buffer, out);
        folded |= inHead && readAFold();
        for (int i = before; i < out.size(); i++) {
            if (out.get(i) instanceof LastHttpContent) {
                pendingSince = NOTHING_PENDING;
                inHead = true;
                folded = false;
                passingOn = false;
                current = null;
            }
        }
    }

    /** A target that is neither a path nor a whole URL has no path that everybody would agree upon. */
    @Override
    protected HttpMessage createMessage(String[] initialLine) {
        String target = initialLine[1];
        boolean proper = target.startsWith("/") || WHOLE_URL.matcher(target).lookingAt();
        if (!proper || !VERSIONS.contains(initialLine[2])) {
            throw new IllegalArgumentException("not a request line of HTTP/1");
        }
        HttpMessage message = super.createMessage(initialLine);
        current = message.headers();
        return message;
    }

    /** Netty asks when a head is complete, before anything of the message is passed on. */
    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        inHead = false;
        if (folded || readAFold()) {
            throw new IllegalArgumentException("a header goes on in a second line");
        }
        if (message.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_KEY1)) {
            throw new IllegalArgumentException("a WebSocket draft of 2010: Netty takes 8 bytes behind it for its body");
        }
        singleOutClose(message.headers());
        return super.isContentAlwaysEmpty(message);
    }

    /** RFC 9112, section 9.6: {@code close} may stand among others, and is looked for by itself. */
    private static void singleOutClose(HttpHeaders headers) {
        if (headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true)
                && !headers.contains(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true)) {
            headers.add(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
    }

    /** Whether a line that was just read begins with a space or a tab (RFC 9112, section 5.2). */
    private boolean readAFold() {
        int end = source.readerIndex();
        int line = sourceStart;
        while (line < end) {
            byte first = source.getByte(line);
            if (first == ' ' || first == '\t') {
                return true;
            }
            int lineFeed = source.indexOf(line, end, (byte) '\n');
            line = lineFeed < 0 ? end : lineFeed + 1;
        }
        return false;
    }

    @Override
    protected AsciiString splitHeaderName(byte[] line, int start, int length) {
        AsciiString name = super.splitHeaderName(line, start, length);
        return isSame(name, line, start, length) ? name : new AsciiString(line, start, length, true);
    }

    /** A sender that frames a body in two ways means to be read differently by two servers. */
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("Transfer-Encoding and Content-Length in one request");
    }

    private static boolean isSame(AsciiString name, byte[] line, int start, int length) {
        if (name.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            byte one = name.byteAt(i);
            byte other = line[start + i];
            if (one != other && Character.toLowerCase(one) != Character.toLowerCase(other)) {
                return false;
            }
        }
        return true;
    }
}
