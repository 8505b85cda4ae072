package io.gatehouse.deploy.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;

/** Where the nodes of a cluster are, and how they find each other. */
interface Places {
    String LOOPBACK = "127.0.0.1";

    /** A node is about to start. */
    default void open(String node) throws IOException {}

    /** What it is told of its place. */
    Map<String, String> environment(String node);

    /** What comes before its command, to run it there. */
    default List<String> prefix(String node) {
        return List.of();
    }

    /** By which nodes reach the servers of this process. */
    default String host() {
        return LOOPBACK;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
