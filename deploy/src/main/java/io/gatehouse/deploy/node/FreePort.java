package io.gatehouse.deploy.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Turns port 0 of the public listener into a number before anything starts: it is part of the issuer, and the same for all
 * event loops.
 */
final class FreePort {
    private FreePort() {}

    /** One that was free a moment ago. */
    static int on(String host) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
