package io.gatehouse.common.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a PostgreSQL server is, taken apart. {@link java.net.URI} would not do: it finds no host in names with an
 * underscore, which container networks give.
 *
 * @param user percent-decoded
 * @param password percent-decoded, or null: the server lets the user in without
 * @param host a name or address, an IPv6 address without its brackets
 * @param port 5432 if not written
 * @param database percent-decoded
 * @param tls how much is asked of the connection
 * @param rootCertificate the PEM file of the CA that signed the server's certificate; present with the modes that verify
 */
public record PostgresUri(
        String user,
        @Nullable SecretValue password,
        String host,
        int port,
        String database,
        Tls tls,
        @Nullable Path rootCertificate) {

    /** {@code sslmode}. Those that fall back to plaintext by themselves are left out. */
    public enum Tls {
        DISABLE,
        /** Encrypted, with whoever answers. */
        REQUIRE,
        VERIFY_CA,
        VERIFY_FULL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The form to follow, for messages. */
    static final String FORM = "postgresql://USER:PASSWORD@HOST:PORT/DATABASE";

    private static final Pattern SYNTAX = Pattern.compile(
            "postgres(?:ql)?://(?<user>[^:@/?#]+)(?::(?<password>[^:@/?#]*))?"
                    + "@(?<host>\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+)(?::(?<port>[0-9]{1,5}))?/(?<database>[^/?#]+)(?:\\?(?<parameters>[^#]*))?");

    private static final String MODE = "sslmode";
    private static final String ROOT = "sslrootcert";

    /**
     * Reads {@value #FORM}, with {@code ?sslmode=verify-full&sslrootcert=FILE} where TLS is wanted.
     *
     * @throws IllegalArgumentException says what to write, to be read after the key's name; holds nothing of the text
     */
    public static PostgresUri parse(String text) {
        Matcher parts = SYNTAX.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("is not of the form " + FORM
                    + ": write other characters than letters and digits in user and password as %XX");
        }
        Map<String, String> parameters = parameters(parts.group("parameters"));
        Tls tls = tls(parameters.get(MODE));
        return new PostgresUri(
                ServerUriText.decoded(parts.group("user")),
                password(parts.group("password")),
                parts.group("host").replaceAll("[\\[\\]]", ""),
                parts.group("port") == null ? 5432 : ServerUriText.port(parts.group("port")),
                ServerUriText.decoded(parts.group("database")),
                tls,
                root(tls, parameters.get(ROOT)));
    }

    /** What is wrong with the text, or null. */
    static @Nullable String flaw(String text) {
        try {
            PostgresUri unused = parse(text);
            return null;
        } catch (IllegalArgumentException wrong) {
            return wrong.getMessage();
        }
    }

    /** Whether others may read what goes over the wire. */
    public boolean exposed() {
        return tls == Tls.DISABLE && !LoopbackHost.matches(host);
    }

    /** Server and database, for messages: nothing else of the URI is anybody's business. */
    public String place() {
        return database + " at " + host + " port " + port;
    }

    private static Map<String, String> parameters(@Nullable String text) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : text == null || text.isEmpty() ? new String[0] : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (!List.of(MODE, ROOT).contains(name)) {
                throw new IllegalArgumentException("has a parameter other than " + MODE + " and " + ROOT);
            }
            if (parameters.put(name, ServerUriText.decoded(pair.substring(equals + 1))) != null) {
                throw new IllegalArgumentException("has the parameter " + name + " twice");
            }
        }
        return parameters;
    }

    private static Tls tls(@Nullable String mode) {
        for (Tls tls : Tls.values()) {
            if (tls.toString().equals(mode == null ? "disable" : mode)) {
                return tls;
            }
        }
        throw new IllegalArgumentException(
                "has an unknown sslmode: give one of disable, require, verify-ca, verify-full");
    }

    private static @Nullable Path root(Tls tls, @Nullable String file) {
        boolean needed = tls == Tls.VERIFY_CA || tls == Tls.VERIFY_FULL;
        if (needed != (file != null && !file.isEmpty())) {
            throw new IllegalArgumentException(
                    needed
                            ? "needs sslrootcert=FILE, the certificate of the server's CA, with sslmode=" + tls
                            : "has an sslrootcert that sslmode=" + tls + " doesn't look at: give sslmode=verify-full");
        }
        return file == null ? null : ServerUriText.rootCertificate(file);
    }

    private static @Nullable SecretValue password(@Nullable String text) {
        return text == null || text.isEmpty() ? null : SecretValue.of(ServerUriText.decoded(text));
    }
}
