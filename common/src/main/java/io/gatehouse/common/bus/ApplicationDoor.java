package io.gatehouse.common.bus;

import io.gatehouse.common.error.BusFailures;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where other Vert.x applications ask. Each has an identity of its own, and only the operations that the configuration grants it. One for
 * all event loops of a process, opened on each.
 */
public final class ApplicationDoor {
    public static final String ADDRESS = "gatehouse.v1.applications";

    private static final System.Logger AUDIT = System.getLogger("gatehouse.audit");

    /** What an application needs to verify by itself. */
    private static final Set<String> BESIDE_VERIFY = Set.of("keys", "revocations");

    /** Answers one operation. */
    public interface Operation {
        Future<JsonObject> perform(ApplicationAccess caller, JsonObject parameters);
    }

    private record Known(ApplicationAccess access, ApplicationEnvelope envelope) {}

    private final Map<String, Known> applications = new HashMap<>();
    private final LateOrRepeated late;

    public ApplicationDoor(List<ApplicationAccess> applications, Clock clock) {
        applications.forEach(access -> this.applications.put(
                access.id(), new Known(access, new ApplicationEnvelope(access.id(), access.secret()))));
        this.late = new LateOrRepeated(clock);
    }

    /** Whether anybody may ask at all. */
    public boolean isOpen() {
        return !applications.isEmpty();
    }

    void answer(Message<Object> message, Map<String, Operation> operations) {
        Known known = known(message.body());
        ApplicationCall call = known == null ? null : known.envelope.open((JsonObject) message.body());
        if (known == null || call == null || !late.isNew(known.access.id(), call)) {
            audit(known, call);
            fail(message, unknown());
            return;
        }
        perform(known.access, call, operations).onComplete(outcome -> {
            JsonObject answer = outcome.succeeded()
                    ? new JsonObject().put("result", outcome.result())
                    : new JsonObject().put("error", error(outcome.cause()));
            message.reply(known.envelope.answer((JsonObject) message.body(), call.id(), answer));
        });
    }

    private static void audit(@Nullable Known known, @Nullable ApplicationCall call) {
        String reason = known == null ? "unknown" : call == null ? "not its secret" : "late or repeated";
        AUDIT.log(
                System.Logger.Level.WARNING,
                "application_refused application={0} reason={1}",
                known == null ? "-" : known.access.id(),
                reason);
    }

    private static Future<JsonObject> perform(
            ApplicationAccess caller, ApplicationCall call, Map<String, Operation> operations) {
        Operation operation = operations.get(call.operation());
        if (operation == null || !caller.operations().contains(grantedBy(call.operation()))) {
            return Future.failedFuture(OAuthError.failure(
                    Code.ACCESS_DENIED,
                    "the application may not do that: name the operation in applications[].operations of the gateway"));
        }
        try {
            return operation.perform(caller, call.parameters());
        } catch (RuntimeException refused) {
            return Future.failedFuture(refused);
        }
    }

    private static String grantedBy(String operation) {
        return BESIDE_VERIFY.contains(operation) ? "verify" : operation;
    }

    /** Errors travel inside: outside, anybody could make them up. */
    private static JsonObject error(Throwable cause) {
        OAuthError error = Incidents.error(cause);
        return new JsonObject().put("number", BusFailures.number(error)).put("text", BusFailures.text(error));
    }

    private @Nullable Known known(@Nullable Object body) {
        return body instanceof JsonObject json && json.getValue(ApplicationEnvelope.APPLICATION) instanceof String id
                ? applications.get(id)
                : null;
    }

    private static OAuthError unknown() {
        return new OAuthError.Protocol(
                Code.ACCESS_DENIED,
                "no application of that name and secret: see applications in the gateway's configuration, and both clocks");
    }

    private static void fail(Message<Object> message, OAuthError error) {
        message.fail(BusFailures.number(error), BusFailures.text(error));
    }
}
