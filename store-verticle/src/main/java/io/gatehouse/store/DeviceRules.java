package io.gatehouse.store;

import io.gatehouse.common.message.Devices.Decide;
import io.gatehouse.common.message.Devices.Poll;
import io.gatehouse.common.message.Devices.Polled;
import io.gatehouse.common.message.Devices.State;
import io.gatehouse.common.message.Devices.Waiting;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of polls and decisions (RFC 8628, sections 3.3 to 3.5), as a function of the row of one moment. A back end that
 * decides in SQL or in a script says the same.
 */
public final class DeviceRules {
    /** By how much a poll that comes too early makes the interval longer (section 3.5). */
    public static final Duration SLOWER = Duration.ofSeconds(5);

    /** By so much the network may bring two polls together that were sent far enough apart. */
    public static final Duration TOLERANCE = Duration.ofMillis(500);

    private static final Polled UNKNOWN = new Polled(State.UNKNOWN, Duration.ZERO);

    private DeviceRules() {}

    /** @param write the row to write; null: it is as it was */
    public record Polling(Polled answer, @Nullable DeviceRequest write) {}

    /** @param row null: there is none */
    public static Polling poll(@Nullable DeviceRequest row, Poll request, Instant now) {
        if (row == null || !row.clientId().equals(request.clientId())) {
            return new Polling(UNKNOWN, null);
        }
        if (!isLive(row, now)) {
            return new Polling(new Polled(State.EXPIRED, row.interval()), null);
        }
        if (row.state() == State.DENIED) {
            return new Polling(new Polled(State.DENIED, row.interval()), null);
        }
        boolean early = row.polledAt() != null
                && now.isBefore(row.polledAt().plus(row.interval()).minus(TOLERANCE));
        Duration interval = early ? row.interval().plus(SLOWER) : row.interval();
        return new Polling(new Polled(early ? State.TOO_EARLY : row.state(), interval), row.polled(interval, now));
    }

    /** The row to write, where the decision counts; else null. Whether the session stands is another question. */
    public static @Nullable DeviceRequest decide(@Nullable DeviceRequest row, Decide request, Instant now) {
        return row != null && isUndecided(row, now)
                ? row.decided(request.allowed() ? State.ALLOWED : State.DENIED)
                : null;
    }

    /** What a user may decide about; null: nothing. */
    public static @Nullable Waiting waiting(@Nullable DeviceRequest row, Instant now) {
        return row != null && isUndecided(row, now)
                ? new Waiting(row.device(), row.clientId(), row.scope(), row.access(), row.expiresAt())
                : null;
    }

    /** Whether nobody else may have the same user code. */
    public static boolean isLive(DeviceRequest row, Instant now) {
        return now.isBefore(row.expiresAt());
    }

    private static boolean isUndecided(DeviceRequest row, Instant now) {
        return row.state() == State.PENDING && isLive(row, now);
    }
}
