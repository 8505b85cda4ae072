package io.gatehouse.common.message;

import io.gatehouse.common.model.CodeId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Pushed authorization requests (RFC 9126): written once, looked at while somebody logs in, taken once. */
public sealed interface PushedRequests<R> extends StoreRequest<R> {
    String ADDRESS = "gatehouse.v1.store.pushedrequests";

    @Override
    default String address() {
        return ADDRESS;
    }

    /**
     * Fails with {@code Throttled} where the address or the tenant pushes too much.
     *
     * @param clientId that pushed it, authenticated as far as it can
     * @param form the parameters, form-encoded, without what authenticated the client; 16 KiB at most
     * @param remoteAddress the throttle's key
     * @param expiresAt ten minutes ahead at most
     * @param authenticated false: a public client, which only named itself
     */
    record Push(
            String tenant,
            String clientId,
            CodeId request,
            String form,
            String remoteAddress,
            Instant expiresAt,
            boolean authenticated)
            implements PushedRequests<Pushed> {}

    record Pushed(Instant expiresAt) {}

    record Find(String tenant, String clientId, CodeId request) implements PushedRequests<Found> {
        @Override
        public boolean isRead() {
            return true;
        }
    }

    /** @param form null: there is none of this client that counts now */
    record Found(@Nullable String form) {}

    /** Spends it, in one atomic write: once a code was made by it, it is good for no other. */
    record Take(String tenant, String clientId, CodeId request) implements PushedRequests<Taken> {}

    /** @param first false: there was none of this client that counts now */
    record Taken(boolean first) {}
}
