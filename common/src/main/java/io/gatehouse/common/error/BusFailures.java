package io.gatehouse.common.error;

import io.gatehouse.common.error.OAuthError.Conflict;
import io.gatehouse.common.error.OAuthError.Defect;
import io.gatehouse.common.error.OAuthError.NotFound;
import io.gatehouse.common.error.OAuthError.Protocol;
import io.gatehouse.common.error.OAuthError.Throttled;
import io.gatehouse.common.error.OAuthError.Unavailable;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** The form of an error on the bus: a stable number and a tiny JSON text. */
public final class BusFailures {
    private static final int THROTTLED = 100;
    private static final int NOT_FOUND = 101;
    private static final int CONFLICT = 102;
    private static final int UNAVAILABLE = 103;
    private static final int DEFECT = 104;

    private BusFailures() {}

    public static int number(OAuthError error) {
        return switch (error) {
            case Protocol protocol -> protocol.code().number();
            case Throttled throttled -> THROTTLED;
            case NotFound notFound -> NOT_FOUND;
            case Conflict conflict -> CONFLICT;
            case Unavailable unavailable -> UNAVAILABLE;
            case Defect defect -> DEFECT;
        };
    }

    public static String text(OAuthError error) {
        return switch (error) {
            case Protocol protocol -> json("description", protocol.description());
            case Throttled throttled ->
                json("retry_after", throttled.retryAfter().toString());
            case NotFound notFound -> json("what", notFound.what());
            case Conflict conflict -> json("what", conflict.what());
            case Unavailable unavailable -> json("service", unavailable.service());
            case Defect defect -> json("incident", defect.incident());
        };
    }

    /** A number or text of a newer build that this one does not know reads as a defect of the peer. */
    public static OAuthError read(int number, String text) {
        try {
            JsonObject body = new JsonObject(text);
            return switch (number) {
                case THROTTLED -> throttled(Duration.parse(body.getString("retry_after", "PT1S")));
                case NOT_FOUND -> new NotFound(body.getString("what", ""));
                case CONFLICT -> new Conflict(body.getString("what", ""));
                case UNAVAILABLE -> new Unavailable(body.getString("service", ""));
                case DEFECT -> new Defect(body.getString("incident", "unknown"));
                default -> protocol(number, body);
            };
        } catch (RuntimeException malformed) {
            return new Defect("unreadable");
        }
    }

    private static OAuthError throttled(Duration retryAfter) {
        return retryAfter.isNegative() ? new Defect("unreadable") : new Throttled(retryAfter);
    }

    private static OAuthError protocol(int number, JsonObject body) {
        Code code = Code.byNumber(number);
        return code == null ? new Defect("unknown-" + number) : new Protocol(code, body.getString("description", ""));
    }

    private static String json(String name, String value) {
        return new JsonObject().put(name, value).encode();
    }
}
