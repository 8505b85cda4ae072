package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A network namespace per node, with a wire to the outside (clients, the database, this test) and one to the other members, which can be
 * led elsewhere: what is sent on it then is lost, and nobody is told. Takes root.
 */
final class Wires implements AutoCloseable {
    private static final int FIRST = 11;

    private final String id = "gh" + ProcessHandle.current().pid() % 100_000;
    private final String net = "10." + (100 + ProcessHandle.current().pid() % 100) + ".";
    private final List<String> nodes;
    private final Set<String> made = new HashSet<>();

    Wires(List<String> nodes) throws Exception {
        this.nodes = List.copyOf(nodes);
        try {
            for (String bridge : List.of(outside(), members(), elsewhere())) {
                ip("link add " + bridge + " type bridge");
                made.add(bridge);
                ip("link set " + bridge + " up");
            }
            ip("addr add " + outsideAddress() + "/24 dev " + outside());
            for (String node : nodes) {
                ip("netns add " + namespace(node));
                made.add(namespace(node));
                ip("-n " + namespace(node) + " link set lo up");
                wire(node, "o", outside(), outsideAddress(node));
                wire(node, "m", members(), memberAddress(node));
            }
        } catch (Exception | AssertionError failure) {
            close();
            throw failure;
        }
    }

    /** Goes on where this process may lay them; else the test fails where CI is set, and is reported as skipped elsewhere. */
    static void require() {
        boolean may = "root".equals(System.getProperty("user.name")) && Files.isExecutable(Path.of("/usr/sbin/ip"));
        assertThat(may || System.getenv("CI") == null)
                .as("network namespaces can be made: run as root, with iproute2 installed")
                .isTrue();
        assumeThat(may).isTrue();
    }

    /** What comes before the command of a process that is to live there. */
    List<String> prefix(String node) {
        return List.of("ip", "netns", "exec", namespace(node));
    }

    /** Of this process. */
    String outsideAddress() {
        return net + "1.1";
    }

    String outsideAddress(String node) {
        return net + "1." + number(node);
    }

    String memberAddress(String node) {
        return net + "2." + number(node);
    }

    /** These are on a network of members of their own from now on. */
    void split(String... apart) throws Exception {
        for (String node : apart) {
            ip("link set " + end(node, "m") + " master " + elsewhere());
        }
    }

    /** All are on one again. */
    void heal() throws Exception {
        for (String node : nodes) {
            ip("link set " + end(node, "m") + " master " + members());
        }
    }

    private int number(String node) {
        return FIRST + nodes.indexOf(node);
    }

    private String outside() {
        return id + "-out";
    }

    private String members() {
        return id + "-all";
    }

    private String elsewhere() {
        return id + "-cut";
    }

    private String namespace(String node) {
        return id + "-" + number(node);
    }

    /** On the bridge's side. */
    private String end(String node, String kind) {
        return id + kind + number(node);
    }

    private void wire(String node, String kind, String bridge, String address) throws Exception {
        String there = kind + number(node);
        ip("link add " + end(node, kind) + " type veth peer name " + there + " netns " + namespace(node));
        ip("link set " + end(node, kind) + " master " + bridge + " up");
        ip("-n " + namespace(node) + " addr add " + address + "/24 dev " + there);
        ip("-n " + namespace(node) + " link set " + there + " up");
    }

    private static void ip(String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments.split(" ")));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(arguments).isTrue();
        assertThat(process.exitValue()).as(arguments + ": " + said).isZero();
    }

    /** The wires go with the namespaces that hold one end of them. */
    @Override
    public void close() {
        for (String one : made) {
            try {
                ip(
                        one.contains("-o") || one.contains("-a") || one.contains("-c")
                                ? "link del " + one
                                : "netns del " + one);
            } catch (IOException | InterruptedException | AssertionError gone) {
                // the next one
            }
        }
        made.clear();
    }
}
