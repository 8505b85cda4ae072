package io.gatehouse.store.redis;

import io.gatehouse.common.error.OAuthError;
import io.vertx.redis.client.Response;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What goes wrong with Redis, told apart. */
final class Faults {
    /** The driver's own, for what was under way when the connection ended. */
    private static final String CLOSED = "CONNECTION_CLOSED";

    /** Of a server that is no longer the one to ask, or no longer knows us. */
    private static final Pattern WRONG_SERVER = state("READONLY", "MASTERDOWN", "NOAUTH", "MOVED", "ASK", CLOSED);

    /** Of a server that can't at the moment; inside a script they stand behind a dash. */
    private static final Pattern UNABLE =
            state("LOADING", "BUSY", "OOM", "MISCONF", "NOREPLICAS", "CLUSTERDOWN", "TRYAGAIN", "NOPERM", "WRONGPASS");

    private Faults() {}

    private static Pattern state(String... names) {
        return Pattern.compile("(?:^|-)(?:" + String.join("|", names) + ")\\b");
    }

    /** Whether the connection that answered so, or didn't, is of no further use. */
    static boolean endsLine(Throwable cause) {
        return !(cause instanceof Response) || mentions(WRONG_SERVER, cause);
    }

    /** Whether the server has not heard of the script, or forgot it. */
    static boolean isUnknownScript(Throwable cause) {
        return cause instanceof Response && says(cause, "NOSCRIPT");
    }

    /** What callers are told: {@code Unavailable}, but for what a script does wrong, which is a defect. */
    static Throwable translated(Throwable cause) {
        boolean passes = endsLine(cause) || mentions(UNABLE, cause);
        return passes ? unavailable() : cause;
    }

    static Throwable unavailable() {
        return new OAuthError.Unavailable("store").failure();
    }

    /** For the log: a server's text names no more than the server's state. */
    static String reason(@Nullable Throwable cause) {
        if (cause == null) {
            return "the server has ended it";
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    /** Whether the server is in that state, by the name it gives it. */
    static boolean says(Throwable cause, String state) {
        return mentions(state(state), cause);
    }

    private static boolean mentions(Pattern states, Throwable cause) {
        String message = cause.getMessage();
        return message != null && states.matcher(message).find();
    }
}
