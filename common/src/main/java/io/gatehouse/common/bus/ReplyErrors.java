package io.gatehouse.common.bus;

import io.gatehouse.common.bus.RecordMessageCodec.Unreadable;
import io.gatehouse.common.error.BusFailures;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Request;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import org.jspecify.annotations.Nullable;

/** What went wrong with a question, as a value. */
final class ReplyErrors {
    private ReplyErrors() {}

    static boolean isFailure(Throwable cause, ReplyFailure type) {
        return cause instanceof ReplyException reply && reply.failureType() == type;
    }

    /** Of a question that stayed in this process. */
    static OAuthError of(Throwable cause, String address) {
        return isFailure(cause, ReplyFailure.RECIPIENT_FAILURE) && cause instanceof ReplyException reply
                ? BusFailures.read(reply.failureCode(), String.valueOf(reply.getMessage()))
                : new OAuthError.Unavailable(part(address));
    }

    static OAuthError wrongReply(Request<?> request, @Nullable Object reply) {
        Object shown = reply == null ? "nothing" : reply.getClass();
        if (reply instanceof Unreadable unreadable) {
            shown = unreadable.reason();
        }
        return Incidents.error(new IllegalStateException(request.getClass().getName() + " was answered by: " + shown));
    }

    /** {@code gatehouse.v1.store.grants} is answered by the part {@code store}. */
    static String part(String address) {
        return address.startsWith("gatehouse.v1.store.") ? "store" : "token";
    }
}
