package io.gatehouse.store.pg;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A way to a server that can go silent: connections stay open and nothing passes on them ever again, as behind a firewall that
 * forgot them.
 */
public final class Relay implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> fromClients = ConcurrentHashMap.newKeySet();
    private volatile boolean silent;
    private volatile long delayMillis;
    private volatile String garbled = "";

    public Relay(int target) {
        this.target = target;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Of the connections that are there, and of those that come. */
    public void silence() {
        silent = true;
    }

    /** For connections that come from now on. */
    public void speak() {
        silent = false;
    }

    /** Ends the connections that are there. */
    public void cut() {
        fromClients.forEach(Relay::close);
    }

    /** Of every packet in either direction, from now on. */
    public void delay(long millis) {
        delayMillis = millis;
    }

    /** A word, in short messages of clients, that never reaches the server as it was said. */
    public void garble(String word) {
        garbled = word;
    }

    /** Connections that the client has not closed. */
    public int open() {
        return fromClients.size();
    }

    @Override
    public void close() {
        silent = false;
        fromClients.forEach(Relay::close);
        close(listener);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                fromClients.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket client) {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            Thread.ofVirtual().start(() -> pass(server, client));
            pass(client, server);
        } catch (IOException refused) {
            // As the server would.
        } finally {
            fromClients.remove(client);
            close(client);
        }
    }

    // Reads on when silenced, to see the end of the connection.
    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        boolean forgotten = silent;
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                forgotten |= silent;
                if (!forgotten) {
                    Thread.sleep(delayMillis);
                    out.write(passed(buffer, read));
                    out.flush();
                }
            }
        } catch (IOException | InterruptedException closed) {
            // Whichever side it was, both end.
        } finally {
            close(to);
        }
    }

    private byte[] passed(byte[] buffer, int length) {
        String text = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
        String word = garbled;
        return (word.isEmpty() ? text : text.replace(word, "?".repeat(word.length())))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
