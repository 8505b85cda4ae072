package io.gatehouse.common.config;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How this node finds other nodes and speaks with them.
 *
 * @param enabled whether it is a member of a cluster
 * @param bind the one address that every port of the cluster is bound to
 * @param port where members find each other
 * @param busPort where requests of other members arrive, and behind it where they notice that this one is gone; 0: any free
 *     ones
 * @param members where to look for others, as {@code HOST:PORT}; empty: {@code dns} says
 * @param dns a name that stands for the addresses of all members, or null: {@code members} says
 * @param tls null: not given
 * @param attestationKey base64 of the 32 bytes by which store and token role prove statements to each other, or null: not given
 * @param drain how long a stopping node goes on serving after it said that it stops
 */
public record ClusterConfig(
        @Key(doc = "Whether this node is a member of a cluster; so does the option --cluster.", defaultValue = "false")
        boolean enabled,

        @Key(
                doc =
                        "The address that the ports of the cluster are bound to, and that other members reach this node by.",
                defaultValue = "127.0.0.1",
                min = "1",
                max = "253")
        String bind,

        @Key(doc = "The port by which members find each other.", defaultValue = "7800", min = "1", max = "65535")
        int port,

        @Key(doc = """
                        The port for requests of other members; the one after it tells them at once when this node is gone. 0
                        takes any free ones.""", defaultValue = "0", min = "0", max = "65534")
        int busPort,

        @Key(doc = """
                        Where to look for members, each as HOST:PORT, such as 10.0.0.7:7800. A few that are always there are
                        enough; this node itself may be among them.""") List<String> members,

        @Key(doc = """
                        Instead of members: a name whose addresses are those of all members, such as that of a headless
                        service of Kubernetes. All of them use the same port.""", min = "1", max = "253") @Nullable String dns,

        @Key(doc = """
                        Certificate and key of this node. Members speak TLS with each other, and with nobody whose certificate
                        another authority signed.""", optional = true) @Nullable ClusterTlsConfig tls,

        @Key(
                doc = """
                        The key by which the roles store and token prove to each other what they say through a gateway: 32 random
                        bytes in base64 (openssl rand -base64 32), best as file:PATH, the same on all nodes with one of
                        these roles. Alone, a process makes one for itself.""",
                onlyFor = {Role.STORE, Role.TOKEN})
        @Nullable
        SecretValue attestationKey,

        @Key(doc = """
                        How long a stopping member goes on serving after it said so: time for load balancers and other
                        members to turn to others.""", defaultValue = "PT2S", min = "PT0.5S", max = "PT5M")
        Duration drain)
        implements Checked {

    private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::", "[::]");
    private static final Pattern MEMBER = Pattern.compile("(?<host>[^\\[\\]:]+|\\[[^\\[\\]]+]):(?<port>\\d{1,5})");

    /** Copies its list. */
    public ClusterConfig {
        members = List.copyOf(members);
    }

    /** The 32 bytes of the attestation key in a fresh array, or null when none is configured. */
    public byte @Nullable [] attestationKeyBytes() {
        return attestationKey == null ? null : KeysConfig.decoded(attestationKey.reveal());
    }

    @Override
    public void check(Rules rules) {
        rules.require(ListenAddress.isHost(bind), "bind", ListenAddress.ADVICE);
        rules.require(
                !EVERY_ADDRESS.contains(bind),
                "bind",
                "is every address of this machine: name the one that other members reach it by");
        members.stream()
                .filter(member -> !isMember(member))
                .forEach(member -> rules.report(
                        "members", "lists " + Problems.quote(member) + ": give HOST:PORT, such as 10.0.0.7:7800"));
        rules.require(dns == null || ListenAddress.isHost(dns), "dns", ListenAddress.ADVICE);
        rules.require(
                attestationKey == null || KeysConfig.isKey(attestationKey.reveal()),
                "attestation_key",
                "is not the base64 of 32 random bytes: make one with: openssl rand -base64 32");
        if (enabled) {
            checkMember(rules);
        }
    }

    private void checkMember(Rules rules) {
        rules.require(
                members.isEmpty() != (dns == null),
                "members",
                "and dns are two ways to find the other nodes: give one of them",
                "dns");
        rules.require(
                tls != null,
                "tls",
                "is required: give certificate, key and ca of this node (deploy/gatehouse cluster certs makes them)");
    }

    private static boolean isMember(String text) {
        var parts = MEMBER.matcher(text);
        return parts.matches()
                && ListenAddress.isHost(parts.group("host").replaceAll("[\\[\\]]", ""))
                && Integer.parseInt(parts.group("port")) <= 65_535;
    }
}
