package io.gatehouse.deploy.process;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Where the nodes of a cluster are, and how they find each other. */
interface Places {
    String LOOPBACK = "127.0.0.1";
    AtomicInteger NEXT_PORT = new AtomicInteger(ThreadLocalRandom.current().nextInt(20_000, 30_000));

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

    /** Below those that systems give to connections: a node may start minutes later, and come back, while thousands are open. */
    static int freePort() throws IOException {
        while (true) {
            int port = NEXT_PORT.getAndIncrement();
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(LOOPBACK))) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // The next one, then.
            }
        }
    }
}
