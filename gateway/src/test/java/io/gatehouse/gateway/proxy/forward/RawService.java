package io.gatehouse.gateway.proxy.forward;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A service that answers each request head with exactly the bytes it is told to, on connections of its own making. */
final class RawService implements AutoCloseable {
    /** What is done with a connection once a head has come. */
    interface Behaviour {
        /** @param head of the request, to the blank line */
        void answer(String head, Socket connection, OutputStream out) throws IOException, InterruptedException;
    }

    /** The heads that came, in order. */
    final List<String> heads = new CopyOnWriteArrayList<>();

    private final ServerSocket listener;
    private final Behaviour behaviour;

    private RawService(Behaviour behaviour) throws IOException {
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.behaviour = behaviour;
        Thread.ofVirtual().start(this::accept);
    }

    static RawService that(Behaviour behaviour) {
        try {
            return new RawService(behaviour);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text goes out, the connection stays. */
    static RawService saying(String answer) {
        return that((head, connection, out) -> out.write(answer.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** The text goes out, and the connection is closed. */
    static RawService sayingLast(String answer) {
        return that((head, connection, out) -> {
            out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
            connection.close();
        });
    }

    String origin() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = connection.getInputStream();
            StringBuilder head = new StringBuilder();
            for (int b = in.read(); b >= 0; b = in.read()) {
                head.append((char) b);
                if (head.length() > 3 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                    heads.add(head.toString());
                    behaviour.answer(head.toString(), connection, connection.getOutputStream());
                    head.setLength(0);
                }
            }
        } catch (IOException | InterruptedException ended) {
            // The gateway ended it, or the test did.
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
