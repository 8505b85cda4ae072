import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Holds connections on which nothing is sent, and asks beside them. Arguments: the port, how many, how many requests. Says
 * "open" once they are, waits for a line on standard input, asks, and says what became of both. Run as a single source file.
 */
public final class IdleConnections {
    private static final String REQUEST = "GET /100 HTTP/1.1\r\nHost: bench.localhost\r\nConnection: close\r\n\r\n";

    private IdleConnections() {}

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        List<SocketChannel> idle = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            idle.add(SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
        }
        System.out.println("open");
        if (System.in.read() < 0) {
            return;
        }
        ask(port, Integer.parseInt(arguments[2]));
        int closed = 0;
        for (SocketChannel one : idle) {
            one.configureBlocking(false);
            closed += isClosed(one) ? 1 : 0;
        }
        System.out.printf("%d of %d connections were closed%n", closed, idle.size());
        System.exit(closed == 0 ? 0 : 1);
    }

    private static boolean isClosed(SocketChannel one) {
        try {
            return one.read(ByteBuffer.allocate(1)) < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    private static void ask(int port, int requests) throws IOException {
        long[] micros = new long[requests];
        for (int i = 0; i < requests; i++) {
            long begun = System.nanoTime();
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(30_000);
                socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                if (!answer.startsWith("HTTP/1.1 200 ")) {
                    throw new IOException("not answered: " + answer.lines().findFirst().orElse("nothing"));
                }
            }
            micros[i] = (System.nanoTime() - begun) / 1000;
        }
        Arrays.sort(micros);
        System.out.printf(
                "%d requests on connections of their own beside them: all answered, half within %d us, 99 %% within %d us%n",
                requests, micros[requests / 2], micros[requests * 99 / 100]);
    }
}
