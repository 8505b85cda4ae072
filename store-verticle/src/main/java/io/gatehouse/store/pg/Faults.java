package io.gatehouse.store.pg;

import io.gatehouse.common.error.OAuthError;
import io.vertx.core.VertxException;
import io.vertx.sqlclient.DatabaseException;
import java.util.List;
import java.util.Set;

/** What a failure of the server, or of the way to it, means to those who asked. */
final class Faults {
    /** Rolled back whole, with nothing wrong in itself: deadlock, serialization, a plan older than the schema. */
    private static final Set<String> PASSING = Set.of("40P01", "40001", "0A000", "26000");

    /**
     * Connection lost, authorization, resources, operator intervention (shutdown, statement timeout), lock not
     * available, a server that only reads (PostgreSQL, appendix A).
     */
    private static final Set<String> CLASSES_OF_ABSENCE = Set.of("08", "28", "3D", "53", "57", "58");

    private static final Set<String> ABSENCE = Set.of("40P01", "40001", "55P03", "25006");

    /** After these the server is leaving, or was the wrong one. */
    private static final Set<String> ENDS = Set.of("57P01", "57P02", "57P03", "57P05", "25006");

    /** How the driver begins what it says of connections that were closed before the statement was sent. */
    private static final List<String> NEVER_SENT = List.of("Connection is not active", "Pending requests failed");

    /** The same of arguments that don't fit the statement. */
    private static final List<String> MISFIT = List.of("Parameter at position", "The number of parameters");

    private Faults() {}

    /** Whether the same statement may well succeed at once; it has changed nothing. */
    static boolean deserveAnotherTry(Throwable cause) {
        return cause instanceof DatabaseException refused ? PASSING.contains(state(refused)) : says(cause, NEVER_SENT);
    }

    /** Whether the connection must not be used again. */
    static boolean endConnection(Throwable cause) {
        return cause instanceof DatabaseException refused ? ENDS.contains(state(refused)) : !says(cause, MISFIT);
    }

    /**
     * As callers get it: {@code Unavailable} for whatever the statement is not to blame for, else as it came.
     */
    static Throwable toCaller(Throwable cause) {
        if (!(cause instanceof DatabaseException refused)) {
            // Without the driver's text, which quotes the argument.
            return says(cause, MISFIT) ? new IllegalArgumentException("arguments don't fit the SQL") : unavailable();
        }
        String state = state(refused);
        boolean absent = ABSENCE.contains(state) || CLASSES_OF_ABSENCE.contains(state.substring(0, 2));
        return absent ? unavailable() : cause;
    }

    static Throwable unavailable() {
        return new OAuthError.Unavailable("store").failure();
    }

    /** For the log; a server's text names no more than user and database. */
    static String reason(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    private static boolean says(Throwable cause, List<String> beginnings) {
        String message = cause.getMessage();
        return cause instanceof VertxException
                && message != null
                && beginnings.stream().anyMatch(message::startsWith);
    }

    private static String state(DatabaseException refused) {
        String state = refused.getSqlState();
        return state == null || state.length() != 5 ? "XX000" : state;
    }
}
