package io.gatehouse.deploy.process;

import io.gatehouse.common.config.Role;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.deploy.certs.Authority;
import io.gatehouse.deploy.certs.NodeIdentity;
import io.gatehouse.deploy.cluster.ApplicationMember;
import io.gatehouse.store.pg.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Nodes that work as one, each a process of its own with its own roles, on loopback. */
final class Cluster implements AutoCloseable {
    static final String MASTER_KEY = randomKey();
    static final String ATTESTATION_KEY = randomKey();

    static final String APPLICATION = "orders";
    static final String APPLICATION_SECRET = "orders-secret-0123456789abcdef0123456789";

    private static final String MEMBERS = "the cluster has other members now";

    private static final String BOOTSTRAP = """
            bootstrap:
              clients:
                - client_id: demo
                  client_secret: demo-secret-0123456789abcdef0123456789
                  redirect_uris: ["http://127.0.0.1:9999/callback"]
                  grant_types: [authorization_code, refresh_token, client_credentials]
                  response_types: [code]
                  scope: openid email api offline_access
                  token_endpoint_auth_method: client_secret_basic
                  jwt_login: {key: demo-jwt-login-key-0123456789abcdef}
              users:
                - {username: ada, password: ada-demo-password, name: Ada Lovelace, email: ada@example.org, email_verified: true}
            """;

    private static final String APPLICATIONS = """
            applications:
              - {id: %s, secret: %s, operations: [verify]}
            """.formatted(APPLICATION, APPLICATION_SECRET);

    private final Path folder;
    private final Places places;
    private final PostgresServer postgres;
    private final String databaseUri;
    private final Map<String, Set<Role>> roles = new LinkedHashMap<>();
    /** Where clients find a gateway again that was started anew. */
    private final Map<String, Integer> doors = new HashMap<>();

    private final Map<String, RunningNode> running = new LinkedHashMap<>();
    private final List<Child> children = new ArrayList<>();
    private final Map<String, String> forTokenNodes = new HashMap<>();
    private Path jar = Artefacts.jar();

    private Cluster(Path folder, Places places, PostgresServer postgres, List<String> nodes) throws Exception {
        this.folder = folder;
        this.places = places;
        this.postgres = postgres;
        this.databaseUri = postgres == null
                ? null
                : postgres.uri("cluster").replace("@" + Places.LOOPBACK + ":", "@" + places.host() + ":");
        Authority authority = Authority.in(folder.resolve("certs"), Clock.systemUTC());
        for (String node : nodes) {
            String name = name(node);
            roles.put(name, roles(node.substring(name.length() + 1)));
            doors.put(name, Places.freePort());
            authority.issue(new NodeIdentity(name, roles.get(name)));
        }
        Files.writeString(folder.resolve("bootstrap.yaml"), BOOTSTRAP);
        Files.writeString(folder.resolve("applications.yaml"), APPLICATIONS);
        Planted.add(APPLICATION_SECRET);
    }

    /** They find each other by name. @param nodes each as {@code NAME:ROLE,ROLE}; none of them runs yet */
    static Cluster embedded(Path folder, String... nodes) throws Exception {
        return new Cluster(folder, new NamedPlaces(folder, names(nodes)), null, List.of(nodes));
    }

    /** With a server of its own. They find each other by a list. */
    static Cluster onPostgres(Path folder, String... nodes) throws Exception {
        return onPostgres(folder, new ListedPlaces(names(nodes)), nodes);
    }

    /** The same, elsewhere. */
    static Cluster onPostgres(Path folder, Places places, String... nodes) throws Exception {
        String addresses = Stream.of(Places.LOOPBACK, places.host()).distinct().collect(Collectors.joining(","));
        PostgresServer server = PostgresServer.start(
                folder.resolve("postgres"), Map.of("max_connections", "60", "listen_addresses", addresses));
        Planted.add(PostgresServer.PASSWORD);
        return new Cluster(folder, places, server, List.of(nodes));
    }

    private static List<String> names(String... nodes) {
        return Stream.of(nodes).map(Cluster::name).toList();
    }

    private static String name(String node) {
        return node.substring(0, node.indexOf(':'));
    }

    private static Set<Role> roles(String text) {
        return Stream.of(text.split(","))
                .map(role -> Role.valueOf(role.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toSet());
    }

    private static String randomKey() {
        return Base64.getEncoder().encodeToString(Entropy.bytes(32).toArray());
    }

    /** What starts from now on is that build. */
    Cluster from(Path build) {
        jar = build;
        return this;
    }

    /** What nodes with the token role are told besides. */
    Cluster tellingTokenNodes(Map<String, String> environment) {
        forTokenNodes.putAll(environment);
        return this;
    }

    /** Starts these nodes at once and waits until all of them are ready. */
    Cluster start(String... names) throws Exception {
        Map<String, Child> launched = new LinkedHashMap<>();
        for (String name : names) {
            launched.put(name, launch(name));
        }
        for (Map.Entry<String, Child> child : launched.entrySet()) {
            running.put(child.getKey(), RunningNode.await(child.getValue()));
        }
        for (String name : names) {
            Eventually.isReady(node(name));
        }
        return this;
    }

    private Child launch(String name) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--cluster"));
        if (roles.get(name).contains(Role.TOKEN)) {
            arguments.addAll(
                    List.of("--config", folder.resolve("bootstrap.yaml").toString()));
        } else if (roles.get(name).contains(Role.GATEWAY)) {
            arguments.addAll(
                    List.of("--config", folder.resolve("applications.yaml").toString()));
        }
        places.open(name);
        Path own = Files.createDirectories(folder.resolve("nodes").resolve(name));
        Child child = RunningNode.launch(
                jar, name, own, environment(name), places.prefix(name), arguments.toArray(String[]::new));
        children.add(child);
        return child;
    }

    private Map<String, String> environment(String name) {
        Path certificates = folder.resolve("certs").resolve(name);
        Map<String, String> environment = new HashMap<>(Busy.ENVIRONMENT);
        environment.putAll(Map.of(
                "GATEHOUSE_ROLES", roles.get(name).stream().map(Role::toString).collect(Collectors.joining(",")),
                "GATEHOUSE_SERVER_PORT", String.valueOf(doors.get(name)),
                "GATEHOUSE_CLUSTER_TLS_CERTIFICATE",
                        certificates.resolve("node.crt").toString(),
                "GATEHOUSE_CLUSTER_TLS_KEY", certificates.resolve("node.key").toString(),
                "GATEHOUSE_CLUSTER_TLS_CA", certificates.resolve("ca.crt").toString()));
        environment.putAll(places.environment(name));
        if (roles.get(name).contains(Role.TOKEN)) {
            environment.put("GATEHOUSE_KEYS_MASTER_KEY", MASTER_KEY);
            environment.putAll(forTokenNodes);
        }
        if (!roles.get(name).equals(Set.of(Role.GATEWAY))) {
            environment.put("GATEHOUSE_CLUSTER_ATTESTATION_KEY", ATTESTATION_KEY);
        }
        if (roles.get(name).contains(Role.STORE) && databaseUri != null) {
            environment.put("GATEHOUSE_STORE_KIND", "postgres");
            environment.put("GATEHOUSE_STORE_URI", databaseUri);
        }
        return environment;
    }

    /** The signing keys as the database has them, of the only tenant. */
    byte[] keySetRow() throws SQLException {
        String database = databaseUri.substring(databaseUri.lastIndexOf('/') + 1);
        String url = "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/" + database;
        try (Connection connection = DriverManager.getConnection(url, PostgresServer.USER, PostgresServer.PASSWORD);
                ResultSet rows = connection.createStatement().executeQuery("SELECT record FROM key_sets")) {
            rows.next();
            return rows.getBytes(1);
        }
    }

    /** Another application, in this process, becomes a member. */
    ApplicationMember application() throws Exception {
        Path own =
                Authority.in(folder.resolve("certs"), Clock.systemUTC()).issue(new NodeIdentity(APPLICATION, Set.of()));
        String any = roles.keySet().iterator().next();
        String known = places.environment(any).get("GATEHOUSE_CLUSTER_MEMBERS");
        return ApplicationMember.join(Places.LOOPBACK, Places.freePort(), List.of(known.split(",")), own);
    }

    RunningNode node(String name) {
        return running.get(name);
    }

    /** Waits until one member counts another one among the members, or no longer does. */
    void awaitMembership(String observer, String other, boolean member) throws Exception {
        Eventually.isTrueAtLast(
                other + (member ? " belongs" : " no longer belongs") + " to the members that " + observer + " knows",
                () -> node(observer).child().out().reversed().stream()
                        .filter(line -> line.contains(MEMBERS))
                        .findFirst()
                        .map(line -> line.contains(other + "-") == member)
                        .orElse(false));
    }

    /** When a member told last that it counts another one among the members. */
    Instant knewOf(String observer, String other) {
        return node(observer).child().out().reversed().stream()
                .filter(line -> line.contains(MEMBERS) && line.contains(other + "-"))
                .map(line -> Instant.parse(line.substring(0, line.indexOf(' '))))
                .findFirst()
                .orElseThrow();
    }

    Caller caller(String gateway) {
        return new Caller(node(gateway).address());
    }

    @Override
    public void close() {
        children.forEach(Child::close);
        if (postgres != null) {
            postgres.close();
        }
    }
}
