package io.gatehouse.store;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.message.Devices.Begin;
import io.gatehouse.common.message.Devices.State;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.RequestedAccess;
import io.gatehouse.common.model.Scope;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A device authorization request (RFC 8628): a row.
 *
 * @param userCode digest of what the user types
 * @param interval that two polls must lie apart
 * @param polledAt when the device asked last; null: it did not yet
 * @param state PENDING, ALLOWED or DENIED
 */
public record DeviceRequest(
        String tenant,
        String clientId,
        CodeId device,
        Digest userCode,
        Scope scope,
        @Nullable RequestedAccess access,
        Duration interval,
        @Nullable Instant polledAt,
        State state,
        Instant createdAt,
        Instant expiresAt) {
    static DeviceRequest of(Begin begin, Instant now) {
        return new DeviceRequest(
                begin.tenant(),
                begin.clientId(),
                begin.device(),
                begin.userCode(),
                begin.scope(),
                begin.access(),
                begin.interval(),
                null,
                State.PENDING,
                now,
                begin.expiresAt());
    }

    DeviceRequest polled(Duration next, Instant now) {
        return in(state, next, now);
    }

    DeviceRequest decided(State decision) {
        return in(decision, interval, polledAt);
    }

    private DeviceRequest in(State nextState, Duration nextInterval, @Nullable Instant polled) {
        return new DeviceRequest(
                tenant,
                clientId,
                device,
                userCode,
                scope,
                access,
                nextInterval,
                polled,
                nextState,
                createdAt,
                expiresAt);
    }
}
