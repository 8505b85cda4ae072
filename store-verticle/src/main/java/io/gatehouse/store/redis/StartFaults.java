package io.gatehouse.store.redis;

import io.gatehouse.store.UnusableStore;
import io.vertx.redis.client.Response;
import java.nio.file.FileSystemException;
import javax.net.ssl.SSLException;

/** Why a start can't use Redis, as a sentence for the operator. */
final class StartFaults {
    private StartFaults() {}

    /** @param place of the servers, for the message */
    static UnusableStore explain(Throwable cause, String place) {
        if (Faults.says(cause, "WRONGPASS") || Faults.says(cause, "NOAUTH")) {
            return unusable("Redis at " + place + " refuses the password: correct store.redis", cause);
        }
        if (Faults.says(cause, "NOPERM")) {
            return unusable(
                    "Redis at " + place + " denies this user commands that are needed: give it the rights", cause);
        }
        if (Faults.says(cause, "READONLY")) {
            return unusable("Redis at " + place + " is a replica: name its master in store.redis", cause);
        }
        if (isBehind(cause, FileSystemException.class)) {
            return unusable("store.redis: the file that sslrootcert names can't be read: name another one", cause);
        }
        if (isBehind(cause, SSLException.class)) {
            return unusable(
                    "Redis at " + place + " has a certificate that is not trusted: it must be for that host name, and"
                            + " signed by the CA in sslrootcert",
                    cause);
        }
        String reason = Faults.reason(cause);
        return cause instanceof Response
                ? unusable("Redis at " + place + " can't be used (" + reason + "): see its own log", cause)
                : unusable(
                        "no Redis answers at " + place + " (" + reason + "): start it, or correct store.redis", cause);
    }

    private static boolean isBehind(Throwable cause, Class<? extends Throwable> type) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return true;
            }
        }
        return false;
    }

    private static UnusableStore unusable(String message, Throwable cause) {
        return new UnusableStore(message, cause);
    }
}
