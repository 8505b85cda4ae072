package io.gatehouse.common.message;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.RequestedAccess;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.SessionProof;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Device authorization requests (RFC 8628) while they wait for a user. What a decision gives is an authorization code ({@link
 * Codes.PutBySession}) under an id that is derived from the device code's: no device code passes as a code, and the store's
 * rules of codes hold for both.
 */
public sealed interface Devices<R> extends StoreRequest<R> {
    String ADDRESS = "gatehouse.v1.store.devices";

    /** By which a device polls. */
    String GRANT_TYPE = "urn:ietf:params:oauth:grant-type:device_code";

    @Override
    default String address() {
        return ADDRESS;
    }

    /**
     * Fails with {@code Throttled} where the address or the tenant asks too much, and with {@code Conflict} where the user code
     * is taken.
     *
     * @param device the device code
     * @param userCode digest of the user code as it is compared: in upper case, without separators
     * @param interval between two polls
     * @param expiresAt ten minutes ahead at most
     * @param authenticated false: a public client, which only named itself
     */
    record Begin(
            String tenant,
            String clientId,
            CodeId device,
            Digest userCode,
            Scope scope,
            @Nullable RequestedAccess access,
            Duration interval,
            String remoteAddress,
            Instant expiresAt,
            boolean authenticated)
            implements Devices<Begun> {}

    record Begun(Instant expiresAt) {}

    /**
     * What waits under a user code. Wrong codes are counted by user and by address: fails with {@code Throttled} where there
     * were too many.
     *
     * @param session of the user who typed it
     */
    record Find(String tenant, SessionProof session, Digest userCode, String remoteAddress) implements Devices<Found> {}

    /** @param request null: nothing waits under this code, or the session does not count */
    record Found(@Nullable Waiting request) {}

    record Waiting(
            CodeId device,
            String clientId,
            Scope scope,
            @Nullable RequestedAccess access,
            Instant expiresAt) {}

    /**
     * The user's decision, which counts once. Where it is to allow, the code was put before.
     *
     * @param device as {@link Found} told it
     */
    record Decide(String tenant, SessionProof session, CodeId device, boolean allowed) implements Devices<Decided> {}

    /** @param done false: it was decided before, or has expired, or the session does not count */
    record Decided(boolean done) {}

    /** A poll of the device (section 3.4); one that comes too early makes the interval longer by five seconds (section 3.5). */
    record Poll(String tenant, String clientId, CodeId device) implements Devices<Polled> {}

    /** @param interval that holds from now on */
    record Polled(State state, Duration interval) {}

    enum State {
        /** There is no such device code of this client. */
        UNKNOWN,
        EXPIRED,
        PENDING,
        TOO_EARLY,
        DENIED,
        /** A code waits under {@link CodeId#ofDevice}. */
        ALLOWED
    }
}
