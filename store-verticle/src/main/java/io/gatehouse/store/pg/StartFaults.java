package io.gatehouse.store.pg;

import io.gatehouse.common.config.PostgresUri;
import io.gatehouse.store.UnusableStore;
import io.vertx.sqlclient.DatabaseException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** What keeps a start from using its database, as sentences that say what to do. */
final class StartFaults {
    private StartFaults() {}

    /** Passes what is a sentence already. */
    static UnusableStore explain(Throwable cause, PostgresUri uri) {
        if (cause instanceof UnusableStore sentence) {
            return sentence;
        }
        String sentence = cause instanceof DatabaseException refused ? refused(refused, uri) : unreachable(cause, uri);
        return new UnusableStore(sentence + " (" + Faults.reason(cause) + ")", cause);
    }

    private static String refused(DatabaseException refused, PostgresUri uri) {
        String place = uri.place();
        return switch (String.valueOf(refused.getSqlState())) {
            case "28P01", "28000" ->
                "The database " + place + " refuses this user: correct user, password and sslmode in store.uri,"
                        + " or the server's pg_hba.conf";
            case "3D000" ->
                "The database " + place + " doesn't exist: create it (createdb " + uri.database()
                        + "), or correct store.uri";
            case "42501" ->
                "The database " + place + " lets this user not do what is needed: grant it the right to create tables,"
                        + " or run `gatehouse store migrate` as a user who has it";
            case "53300" ->
                "The database " + place + " takes no more connections: raise its max_connections, or lower"
                        + " store.pool_size";
            default -> "The database " + place + " can't be used: look into the server's log";
        };
    }

    private static String unreachable(Throwable cause, PostgresUri uri) {
        String reason = Faults.reason(cause);
        if (cause instanceof SSLException || reason.startsWith("SSL handshake failed")) {
            return "The database " + uri.place() + " shows no certificate that its sslrootcert signed for " + uri.host()
                    + ": correct sslrootcert or host in store.uri, or the server's certificate";
        }
        if (cause instanceof TimeoutException) {
            return "The database " + uri.place() + " did not let us in within " + Connector.AT_START.toSeconds()
                    + " s: see whether its server or this machine is overloaded, or correct store.uri";
        }
        if (reason.contains("'password' must not be empty")) {
            return "The database " + uri.place() + " asks for a password: give it in store.uri";
        }
        if (reason.contains("does not handle SSL")) {
            return "The database " + uri.place() + " speaks no TLS: switch it on there (ssl = on), or correct sslmode"
                    + " in store.uri";
        }
        return "The database " + uri.place() + " can't be reached: start the server, or correct store.uri";
    }
}
