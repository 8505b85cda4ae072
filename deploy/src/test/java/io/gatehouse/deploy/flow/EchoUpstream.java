package io.gatehouse.deploy.flow;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A service behind a proxy: writes down the head of each request as it came over the wire. */
final class EchoUpstream implements AutoCloseable {
    /** The lines of each head, the request line first. */
    final List<List<String>> heads = new CopyOnWriteArrayList<>();

    private final SocketListener listener = new SocketListener(this::serve);

    int port() {
        return listener.port();
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setSoTimeout(60_000);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
            List<String> head = new ArrayList<>();
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                head.add(line);
            }
            if (!head.isEmpty()) {
                heads.add(List.copyOf(head));
                connection.getOutputStream().write(answer(head).getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException gone) {
            // What came so far is written down.
        }
    }

    /** A WebSocket, by the key of RFC 6455, section 1.3, says its name and ends. */
    private static String answer(List<String> head) {
        boolean upgrades = head.stream().anyMatch(line -> line.equalsIgnoreCase("upgrade: websocket"));
        return upgrades
                ? "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\nsocket"
                : "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nshop";
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
