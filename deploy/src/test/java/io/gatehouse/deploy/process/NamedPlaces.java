package io.gatehouse.deploy.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** Addresses of one name, which it has from when a node starts there, and keeps; their port is the same. */
final class NamedPlaces implements Places {
    private static final String NAME = "members.cluster.test";
    private static final int FIRST = 11;

    private final Path hosts;
    private final List<String> nodes;
    private final int port = Places.freePort();

    NamedPlaces(Path folder, List<String> nodes) throws IOException {
        this.nodes = List.copyOf(nodes);
        this.hosts = Files.writeString(folder.resolve("hosts"), LOOPBACK + " localhost\n");
    }

    @Override
    public void open(String node) throws IOException {
        String line = address(node) + " " + NAME + "\n";
        if (!Files.readString(hosts).contains(line)) {
            Files.writeString(hosts, line, StandardOpenOption.APPEND);
        }
    }

    @Override
    public Map<String, String> environment(String node) {
        return Map.of(
                "JAVA_TOOL_OPTIONS",
                "-Djdk.net.hosts.file=" + hosts,
                "GATEHOUSE_CLUSTER_BIND",
                address(node),
                "GATEHOUSE_CLUSTER_PORT",
                String.valueOf(port),
                "GATEHOUSE_CLUSTER_DNS",
                NAME);
    }

    private String address(String node) {
        return "127.0.0." + (FIRST + nodes.indexOf(node));
    }
}
