package io.gatehouse.deploy.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;

/** Ports of loopback that nobody listens on, below those that the system gives to connections. */
final class FreePorts {
    private static final int LOWEST = 29_000;
    private static final int HIGHEST = 32_000;

    private FreePorts() {}

    /** The first of so many in a row. */
    static int first(int count) {
        Random random = new Random();
        for (int tries = 0; tries < 1_000; tries++) {
            int first = random.nextInt(LOWEST, HIGHEST);
            if (areFree(first, count)) {
                return first;
            }
        }
        throw new IllegalStateException("no " + count + " free ports in a row");
    }

    private static boolean areFree(int first, int count) {
        for (int port = first; port < first + count; port++) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                socket.setReuseAddress(true);
            } catch (IOException taken) {
                return false;
            }
        }
        return true;
    }
}
