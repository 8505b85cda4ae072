package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A network namespace per node, with a wire to the outside (clients, the database, this test) and one to the other members,
 * which can be led elsewhere: what is sent on it then is lost, and nobody is told. Takes root.
 */
final class Wires implements Places, AutoCloseable {
    /** Not the least that may be set, so that a busy machine is not taken for a partition. */
    static final Duration STALENESS = Duration.ofSeconds(8);

    private static final int FIRST = 11;

    private final String id = "gh" + ProcessHandle.current().pid() % 100_000;
    private final String net = "10." + (100 + ProcessHandle.current().pid() % 100) + ".";
    private final List<String> nodes;
    private final List<String> bridges = new ArrayList<>();
    private final List<String> namespaces = new ArrayList<>();

    Wires(List<String> nodes) throws Exception {
        this.nodes = List.copyOf(nodes);
        try {
            for (String bridge : List.of(outside(), members(), elsewhere())) {
                ip("link add " + bridge + " type bridge");
                bridges.add(bridge);
                ip("link set " + bridge + " up");
            }
            ip("addr add " + host() + "/24 dev " + outside());
            for (String node : nodes) {
                ip("netns add " + namespace(node));
                namespaces.add(namespace(node));
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
    static void require() throws Exception {
        boolean may = canBeLaid();
        assertThat(may || System.getenv("CI") == null)
                .as("network namespaces can be made: run as root, with iproute2 installed")
                .isTrue();
        assumeThat(may).isTrue();
    }

    private static boolean canBeLaid() throws InterruptedException {
        String tried = "gh-try-" + ProcessHandle.current().pid();
        try {
            ip("netns add " + tried);
            ip("netns del " + tried);
            return true;
        } catch (IOException | AssertionError missing) {
            return false;
        }
    }

    @Override
    public List<String> prefix(String node) {
        return List.of("ip", "netns", "exec", namespace(node));
    }

    @Override
    public String host() {
        return net + "1.1";
    }

    @Override
    public Map<String, String> environment(String node) {
        return Map.of(
                "GATEHOUSE_SERVER_HOST", outsideAddress(node),
                "GATEHOUSE_MANAGEMENT_HOST", outsideAddress(node),
                "GATEHOUSE_REVOCATION_STALENESS", STALENESS.toString(),
                "GATEHOUSE_CLUSTER_BIND", memberAddress(node),
                "GATEHOUSE_CLUSTER_PORT", "7800",
                "GATEHOUSE_CLUSTER_MEMBERS",
                        nodes.stream().map(one -> memberAddress(one) + ":7800").collect(Collectors.joining(",")));
    }

    private String outsideAddress(String node) {
        return net + "1." + number(node);
    }

    private String memberAddress(String node) {
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
        namespaces.forEach(one -> forget("netns del " + one));
        bridges.forEach(one -> forget("link del " + one));
    }

    private static void forget(String arguments) {
        try {
            ip(arguments);
        } catch (IOException | InterruptedException | AssertionError gone) {
            System.err.println("left behind: " + gone.getMessage());
        }
    }
}
