package io.gatehouse.gateway.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A client that sends exactly the bytes it is told to. It waits far longer than any answer takes, and never for ever. */
public final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    public static RawClient connect(int port) {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            return new RawClient(socket);
        } catch (IOException e) {
            throw new AssertionError("can't connect", e);
        }
    }

    /** One request on a connection of its own, and its final answer: a 100 says nothing of what became of it. */
    public static RawReply exchange(int port, String... lines) {
        try (RawClient client = connect(port)) {
            RawReply reply = client.send(request(lines)).read();
            return reply.status() == 100 ? client.read() : reply;
        }
    }

    /** The lines as the head of a request. */
    public static String request(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    public RawClient send(String text) {
        return send(latin1(text));
    }

    static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    public RawClient send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException e) {
            throw new AssertionError("the server does not read any more", e);
        }
    }

    /** Sends until the server does not read any more; whether all of it could be sent. */
    public boolean sendWhilePossible(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    /** Sends no more, but still reads. */
    public RawClient finishSending() {
        try {
            socket.shutdownOutput();
            return this;
        } catch (IOException e) {
            throw new AssertionError("can't close one half", e);
        }
    }

    public RawReply read() {
        return read(true);
    }

    /** The answer to a HEAD request. */
    public RawReply readHead() {
        return read(false);
    }

    private RawReply read(boolean withBody) {
        String[] status = line().split(" ", 3);
        Map<String, List<String>> headers = headers();
        int length = Integer.parseInt(
                headers.getOrDefault("content-length", List.of("0")).getFirst());
        byte[] body = withBody ? bytes(length) : new byte[0];
        return new RawReply(status[0], Integer.parseInt(status[1]), headers, new String(body, StandardCharsets.UTF_8));
    }

    private Map<String, List<String>> headers() {
        Map<String, List<String>> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).trim());
        }
        return headers;
    }

    private String line() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = next(); b != '\n'; b = next()) {
            if (b < 0) {
                throw new AssertionError("the connection was closed; before it came: " + line);
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    private byte[] bytes(int count) {
        try {
            byte[] bytes = in.readNBytes(count);
            if (bytes.length < count) {
                throw new AssertionError("the body ends after " + bytes.length + " of " + count + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new AssertionError("the body ends early", e);
        }
    }

    /** -1 at the end, also where the server ended it the hard way. */
    private int next() {
        try {
            return in.read();
        } catch (SocketException reset) {
            return -1;
        } catch (IOException silent) {
            throw new AssertionError("the server neither answers nor closes", silent);
        }
    }

    /** So many bytes, whatever they are. */
    public String read(int count) {
        return new String(bytes(count), StandardCharsets.ISO_8859_1);
    }

    /** Waits for the end of the connection; what else came before it. */
    public String readToEnd() {
        StringBuilder rest = new StringBuilder();
        for (int b = next(); b >= 0; b = next()) {
            rest.append((char) b);
        }
        return rest.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError("can't close", e);
        }
    }
}
