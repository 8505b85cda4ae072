package io.gatehouse.common.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is, taken apart.
 *
 * @param layout how the servers belong together
 * @param user percent-decoded, or null: the default user
 * @param password percent-decoded, or null: the servers ask for none
 * @param servers one, or those to ask first for the others
 * @param master as the sentinels name it; null without sentinels
 * @param database number; always 0 in a cluster and behind sentinels
 * @param tls whether connections are encrypted; the server's certificate is then always verified
 * @param rootCertificate the PEM file of the CA that signed it; null: a CA that this Java platform trusts
 */
public record RedisUri(
        Layout layout,
        @Nullable String user,
        @Nullable SecretValue password,
        List<Server> servers,
        @Nullable String master,
        int database,
        boolean tls,
        @Nullable Path rootCertificate) {

    /** How many servers there are, and who knows them. */
    public enum Layout {
        STANDALONE,
        SENTINEL,
        CLUSTER
    }

    /** One server; an IPv6 address with its brackets. */
    public record Server(String host, int port) {}

    /** The forms to follow, for messages. */
    static final String FORM = "redis://:PASSWORD@HOST:PORT/DATABASE, redis+sentinel://HOST,HOST/MASTER or"
            + " redis+cluster://HOST,HOST, with rediss in place of redis for TLS";

    // Without an underscore in hosts: the driver finds no host in such a name.
    private static final String SERVER = "(?:\\[[0-9a-fA-F:.]+]|[A-Za-z0-9.-]+)(?::[0-9]{1,5})?";

    private static final Pattern SYNTAX = Pattern.compile("redis(?<tls>s?)(?:\\+(?<layout>sentinel|cluster))?://"
            + "(?:(?<user>[^:@/?#]*):(?<password>[^:@/?#]+)@)?"
            + "(?<servers>" + SERVER + "(?:," + SERVER + ")*)"
            + "(?:/(?<path>[^/?#]*))?(?:\\?sslrootcert=(?<root>[^&#]+))?");

    /** Copies the list. */
    public RedisUri {
        servers = List.copyOf(servers);
    }

    /**
     * Reads one of the forms; {@code ?sslrootcert=FILE} may follow where TLS is wanted.
     *
     * @throws IllegalArgumentException says what to write, to be read after the key's name; holds nothing of the text
     */
    public static RedisUri parse(String text) {
        Matcher parts = SYNTAX.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("is not of the form " + FORM
                    + ": write other characters than letters and digits in user and password as %XX");
        }
        Layout layout = layout(parts.group("layout"));
        boolean tls = !parts.group("tls").isEmpty();
        String path = parts.group("path");
        return new RedisUri(
                layout,
                parts.group("user") == null || parts.group("user").isEmpty()
                        ? null
                        : ServerUriText.decoded(parts.group("user")),
                parts.group("password") == null ? null : SecretValue.of(ServerUriText.decoded(parts.group("password"))),
                servers(parts.group("servers"), layout),
                layout == Layout.SENTINEL ? master(path) : null,
                layout == Layout.SENTINEL ? 0 : database(path, layout),
                tls,
                root(parts.group("root"), tls));
    }

    /** What is wrong with the text, or null. */
    static @Nullable String flaw(String text) {
        try {
            RedisUri unused = parse(text);
            return null;
        } catch (IllegalArgumentException wrong) {
            return wrong.getMessage();
        }
    }

    /** Whether others may read what goes over the wire. */
    public boolean exposed() {
        return !tls && !servers.stream().allMatch(server -> LoopbackHost.matches(server.host()));
    }

    /** The servers, for messages: nothing else of the URI is anybody's business. */
    public String place() {
        return String.join(
                ", ",
                servers.stream()
                        .map(server -> server.host() + " port " + server.port())
                        .toList());
    }

    private static Layout layout(@Nullable String name) {
        if (name == null) {
            return Layout.STANDALONE;
        }
        return name.equals("cluster") ? Layout.CLUSTER : Layout.SENTINEL;
    }

    private static List<Server> servers(String text, Layout layout) {
        List<Server> servers = new ArrayList<>();
        for (String each : text.split(",", -1)) {
            int colon = each.lastIndexOf(':');
            boolean withPort = colon > each.lastIndexOf(']');
            servers.add(new Server(
                    withPort ? each.substring(0, colon) : each,
                    withPort ? ServerUriText.port(each.substring(colon + 1)) : defaultPort(layout)));
        }
        if (layout == Layout.STANDALONE && servers.size() > 1) {
            throw new IllegalArgumentException("names more than one server: say redis+sentinel or redis+cluster");
        }
        return servers;
    }

    private static int defaultPort(Layout layout) {
        return layout == Layout.SENTINEL ? 26379 : 6379;
    }

    private static String master(@Nullable String path) {
        if (path == null || path.isEmpty()) {
            throw new IllegalArgumentException("must end with /MASTER, the name by which the sentinels know it");
        }
        return ServerUriText.decoded(path);
    }

    private static int database(@Nullable String path, Layout layout) {
        if (path == null || path.isEmpty()) {
            return 0;
        }
        if (layout == Layout.CLUSTER) {
            throw new IllegalArgumentException("has a path, which redis+cluster doesn't know: leave it out");
        }
        if (!path.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("must end with /DATABASE, a number, or without it");
        }
        return Integer.parseInt(path);
    }

    private static @Nullable Path root(@Nullable String file, boolean tls) {
        if (file != null && !tls) {
            throw new IllegalArgumentException("has an sslrootcert that is not looked at without TLS: say rediss");
        }
        return file == null ? null : ServerUriText.rootCertificate(ServerUriText.decoded(file));
    }
}
