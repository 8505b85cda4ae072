package io.gatehouse.deploy.flow;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A connection on which one reads before all is written. */
final class BareStream implements AutoCloseable {
    private final Socket socket;

    BareStream(URI address) throws IOException {
        socket = new Socket(address.getHost(), address.getPort());
        socket.setSoTimeout(120_000);
    }

    /** The head of a request, without the empty line at its end. */
    void head(String... lines) throws IOException {
        write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    void write(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
    }

    /** What comes up to the first such text, with it. */
    String until(String text) throws IOException {
        ByteArrayOutputStream came = new ByteArrayOutputStream();
        while (!came.toString(StandardCharsets.ISO_8859_1).endsWith(text)) {
            int octet = socket.getInputStream().read();
            if (octet < 0) {
                throw new EOFException("ended with " + came);
            }
            came.write(octet);
        }
        return came.toString(StandardCharsets.ISO_8859_1);
    }

    /** The head of an answer. */
    String answer() throws IOException {
        return until("\r\n\r\n");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
