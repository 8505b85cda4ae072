package io.gatehouse.deploy.command;

import io.gatehouse.common.config.Role;
import io.gatehouse.deploy.certs.Authority;
import io.gatehouse.deploy.certs.NodeIdentity;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code gatehouse cluster certs}. */
public final class ClusterCertsCommand implements Command {
    private static final String APPLICATION = "application";
    private static final Option OUT = new Option("--out", "DIR", "where the files go");
    private static final Option NAME = new Option(
            "--name",
            "NODE:ROLE,...",
            "a node and its roles, or 'application'; once for each node (else: gateway, token and store)",
            true);

    @Override
    public String name() {
        return "cluster certs";
    }

    @Override
    public String summary() {
        return "makes an authority and certificates by which the nodes of a cluster know each other";
    }

    @Override
    public List<Option> options() {
        return List.of(OUT, NAME);
    }

    @Override
    public int run(Arguments arguments, Console console) {
        Path folder = arguments
                .path(OUT)
                .orElseThrow(() -> new UsageError("where shall the certificates go? Add " + OUT.synopsis()));
        List<NodeIdentity> nodes = nodes(arguments.values(NAME.name()));
        try {
            Authority authority = Authority.in(folder, Clock.systemUTC());
            for (NodeIdentity node : nodes) {
                tell(node, authority.issue(node), console.out());
            }
            console.out()
                    .println("Whoever holds " + folder.resolve("ca.key")
                            + " can join the cluster: keep it away from every node.");
            return 0;
        } catch (IOException | GeneralSecurityException failure) {
            console.err()
                    .println("gatehouse: can't make certificates in " + folder + " (" + failure.getMessage() + ")");
            return 1;
        }
    }

    private static void tell(NodeIdentity node, Path folder, PrintStream out) {
        String roles = node.roles().stream().sorted().map(Role::toString).collect(Collectors.joining(", "));
        out.println(folder + (roles.isEmpty() ? " is for an application" : " is for a node with " + roles));
    }

    private static List<NodeIdentity> nodes(List<String> given) {
        List<NodeIdentity> nodes = given.isEmpty()
                ? Stream.of(Role.values())
                        .map(role -> new NodeIdentity(role.toString(), EnumSet.of(role)))
                        .toList()
                : given.stream().map(ClusterCertsCommand::node).toList();
        if (nodes.stream().map(NodeIdentity::name).distinct().count() < nodes.size()) {
            throw new UsageError("each node needs a name of its own");
        }
        return nodes;
    }

    private static NodeIdentity node(String text) {
        int colon = text.indexOf(':');
        try {
            return new NodeIdentity(text.substring(0, Math.max(0, colon)), roles(text.substring(colon + 1)));
        } catch (IllegalArgumentException malformed) {
            throw new UsageError("'" + text + "' is no node: give " + NAME.synopsis() + " with roles out of "
                    + Arrays.toString(Role.values()) + ", such as " + NAME.name() + " node-a:token,store");
        }
    }

    private static Set<Role> roles(String text) {
        return text.equals(APPLICATION)
                ? Set.of()
                : Arrays.stream(text.split(",")).map(ClusterCertsCommand::role).collect(Collectors.toSet());
    }

    private static Role role(String text) {
        return Stream.of(Role.values())
                .filter(role -> role.toString().equals(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }
}
