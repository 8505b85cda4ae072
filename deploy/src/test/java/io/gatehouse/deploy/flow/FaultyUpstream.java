package io.gatehouse.deploy.flow;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A service that is not well: which way, says the path of the request. */
final class FaultyUpstream implements AutoCloseable {
    /** What it says before it has said all that it announced. */
    static final String HALF = "x".repeat(50_000);

    /** The request lines that came. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    private final CountDownLatch over = new CountDownLatch(1);
    private final SocketListener listener = new SocketListener(this::serve);

    int port() {
        return listener.port();
    }

    private void serve(Socket connection) {
        try (connection) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
            String first = in.readLine();
            for (String line = first; line != null && !line.isEmpty(); line = in.readLine()) {
                // the head of a request
            }
            if (first != null) {
                asked.add(first);
                answer(first.split(" ")[1], connection);
            }
        } catch (IOException gone) {
            // nobody waits for more
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void answer(String path, Socket connection) throws IOException, InterruptedException {
        OutputStream out = connection.getOutputStream();
        String text = switch (path) {
            case "/good" -> "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\ngood";
            case "/dies" -> "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + HALF;
            case "/dies-in-chunks" -> "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nc350\r\n" + HALF + "\r\n";
            case "/garbage" -> "\u0001\u0002 this is no HTTP \r\n\r\n";
            case "/old" -> "HTTP/0.9 200 OK\r\n\r\nold";
            case "/two-lengths" -> "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 40\r\n\r\ngood";
            case "/length-of-nothing" -> "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\ngood";
            case "/switches" -> "HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\nConnection: upgrade\r\n\r\n";
            case "/endless-head" -> "HTTP/1.1 200 OK\r\nX-Long: " + "x".repeat(1_000_000);
            case "/begins-a-head" -> "HTTP/1.1 200 OK\r\nX-";
            default -> "";
        };
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
        if (path.equals("/stalls") || path.equals("/begins-a-head") || path.equals("/endless-head")) {
            over.await();
        }
        if (path.equals("/resets")) {
            connection.setSoLinger(true, 0);
        }
    }

    @Override
    public void close() throws IOException {
        over.countDown();
        listener.close();
    }
}
