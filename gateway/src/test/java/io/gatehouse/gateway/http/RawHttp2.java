package io.gatehouse.gateway.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** An HTTP/2 client that sends exactly the frames it is told to (RFC 9113, section 4). It waits long, and never for ever. */
public final class RawHttp2 implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    public static final int END_STREAM = 1;
    static final int END_HEADERS = 4;
    private static final int ACK = 1;
    private static final int PRIORITY = 0x20;

    static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    /** One frame as it came. */
    record Frame(int type, int flags, int stream, byte[] payload) {
        boolean ends() {
            return (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0 || type == RST_STREAM;
        }

        /** The error code of RST_STREAM, or that of GOAWAY. */
        int errorCode() {
            ByteBuffer bytes = ByteBuffer.wrap(payload);
            return type == GOAWAY ? bytes.getInt(4) : bytes.getInt(0);
        }
    }

    /** The answer of one stream; {@code reset} is the error code, -1: it was answered. */
    public record Answer(Map<String, String> headers, String body, int reset) {
        public int status() {
            return Integer.parseInt(headers.getOrDefault(":status", "0"));
        }
    }

    private final Socket socket;
    private final DataInputStream in;
    private final DefaultHttp2HeadersDecoder headers = new DefaultHttp2HeadersDecoder(false);
    private final Map<Integer, List<Frame>> streams = new TreeMap<>();
    private final List<Frame> others = new ArrayList<>();
    private int nextStream = 1;

    private RawHttp2(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    public static RawHttp2 connect(SSLContext context, int port, byte[]... settings) {
        try {
            SSLSocket socket = (SSLSocket) connected(context.getSocketFactory(), port);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return begin(socket, settings);
        } catch (IOException e) {
            throw new AssertionError("can't connect", e);
        }
    }

    /** Without TLS, to a server that is known to speak it (RFC 9113, section 3.3). */
    public static RawHttp2 connectInTheClear(int port, byte[]... settings) {
        try {
            return begin(connected(SocketFactory.getDefault(), port), settings);
        } catch (IOException e) {
            throw new AssertionError("can't connect", e);
        }
    }

    /** With room for little that was not read, so that whoever writes to it notices. */
    private static Socket connected(SocketFactory factory, int port) throws IOException {
        Socket socket = factory.createSocket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static RawHttp2 begin(Socket socket, byte[]... settings) throws IOException {
        RawHttp2 client = new RawHttp2(socket);
        socket.getOutputStream().write(PREFACE.getBytes(StandardCharsets.US_ASCII));
        return client.frame(SETTINGS, 0, 0, settings);
    }

    /** A setting (RFC 9113, section 6.5.1). */
    static byte[] setting(int id, int value) {
        return ByteBuffer.allocate(6).putShort((short) id).putInt(value).array();
    }

    /** Names and values in turn, none indexed, none compressed (RFC 7541, section 6.2.2). */
    static byte[] block(String... fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i += 2) {
            out.write(0);
            text(out, fields[i]);
            text(out, fields[i + 1]);
        }
        return out.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int rest = bytes.length;
        if (rest < 127) {
            out.write(rest);
        } else {
            out.write(127);
            for (rest -= 127; rest >= 128; rest /= 128) {
                out.write(rest % 128 + 128);
            }
            out.write(rest);
        }
        out.writeBytes(bytes);
    }

    RawHttp2 frame(int type, int flags, int stream, byte[]... payload) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : payload) {
            content.writeBytes(part);
        }
        byte[] head = ByteBuffer.allocate(9)
                .put((byte) (content.size() >> 16))
                .putShort((short) content.size())
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .array();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(head);
        whole.writeBytes(content.toByteArray());
        try {
            socket.getOutputStream().write(whole.toByteArray());
        } catch (IOException closed) {
            throw new Closed(closed);
        }
        return this;
    }

    /** So many frames of the connection with nothing in them. */
    static byte[] empty(int type, int count) {
        ByteBuffer frames = ByteBuffer.allocate(9 * count);
        for (int i = 0; i < count; i++) {
            frames.put(9 * i + 3, (byte) type);
        }
        return frames.array();
    }

    /** Whether the server still takes these bytes; what it says meanwhile is not read. */
    boolean sends(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    /** The server does not want to hear more. */
    static final class Closed extends RuntimeException {
        Closed(Throwable cause) {
            super(cause);
        }
    }

    int newStream() {
        nextStream += 2;
        return nextStream - 2;
    }

    /** A request without a body; names and values in turn, behind the usual pseudo headers. */
    int get(String path, String... fields) {
        return open(END_STREAM, usual("GET", path, fields));
    }

    /** One whose body is still to come. */
    int post(String path, String... fields) {
        return open(0, usual("POST", path, fields));
    }

    public int open(int flags, String... fields) {
        int stream = newStream();
        frame(HEADERS, flags | END_HEADERS, stream, block(fields));
        return stream;
    }

    static String[] usual(String method, String path, String... fields) {
        List<String> all = new ArrayList<>(
                List.of(":method", method, ":scheme", "https", ":authority", "localhost", ":path", path));
        all.addAll(List.of(fields));
        return all.toArray(String[]::new);
    }

    public Answer answer(int stream) {
        while (streams.getOrDefault(stream, List.of()).stream().noneMatch(Frame::ends)) {
            next();
        }
        StringBuilder body = new StringBuilder();
        Map<String, String> found = new TreeMap<>();
        int reset = -1;
        for (Frame frame : streams.get(stream)) {
            switch (frame.type()) {
                case HEADERS -> found.putAll(decoded.get(frame));
                case DATA -> body.append(new String(frame.payload(), StandardCharsets.UTF_8));
                case RST_STREAM -> reset = found.isEmpty() ? frame.errorCode() : reset;
                default -> {}
            }
        }
        return new Answer(found, body.toString(), reset);
    }

    private final Map<Frame, Map<String, String>> decoded = new java.util.IdentityHashMap<>();

    /** Reads on until such a frame of no stream came. */
    Frame await(Predicate<Frame> wanted) {
        while (true) {
            for (Frame frame : others) {
                if (wanted.test(frame)) {
                    return frame;
                }
            }
            next();
        }
    }

    /** Whether the server closes the connection, whatever it sends before. */
    boolean isClosed() {
        try {
            while (true) {
                next();
            }
        } catch (Closed closed) {
            return true;
        }
    }

    private void next() {
        try {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            Frame frame = new Frame(type, flags, stream, in.readNBytes(length));
            if (type == HEADERS) {
                decoded.put(frame, decode(frame));
            }
            (stream == 0 ? others : streams.computeIfAbsent(stream, none -> new ArrayList<>())).add(frame);
            if (type == SETTINGS && (flags & ACK) == 0) {
                frame(SETTINGS, ACK, 0);
            }
        } catch (EOFException | java.net.SocketException | javax.net.ssl.SSLException closed) {
            throw new Closed(closed);
        } catch (IOException e) {
            throw new AssertionError("nothing came", e);
        }
    }

    private Map<String, String> decode(Frame frame) {
        try {
            Map<String, String> read = new TreeMap<>();
            int priority = (frame.flags() & PRIORITY) == 0 ? 0 : 5;
            headers.decodeHeaders(
                            frame.stream(),
                            Unpooled.wrappedBuffer(frame.payload(), priority, frame.payload().length - priority))
                    .forEach(field ->
                            read.put(field.getKey().toString(), field.getValue().toString()));
            return read;
        } catch (Http2Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
