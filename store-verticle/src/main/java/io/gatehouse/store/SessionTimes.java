package io.gatehouse.store;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.SessionId;
import io.gatehouse.common.model.User;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How long browser sessions live.
 *
 * @param ttl whatever their use
 * @param idleTtl unless used
 */
public record SessionTimes(Duration ttl, Duration idleTtl) {
    /** A use is written down only when so much of the idle time has passed since the last one: a read stays a read. */
    private static final int NOTICEABLE = 20;

    private static final int LONGEST_DEVICE = 64;

    /**
     * A session of a login by password.
     *
     * @param secret digest of the cookie's secret
     * @param device cut to what an owner needs to recognise it
     */
    public Session begin(User user, Digest secret, String device, Instant now) {
        return begin(user, secret, device, now, Tickets.BY_PASSWORD, now);
    }

    /**
     * As the other one.
     *
     * @param authTime when the user showed the password
     * @param amr what else the user showed (RFC 8176)
     */
    Session begin(User user, Digest secret, String device, Instant authTime, List<String> amr, Instant now) {
        Instant end = end(now);
        Instant idleEnd = idleEnd(now);
        return new Session(
                user.profile().tenant(),
                SessionId.expiring(end),
                secret,
                user.profile().subject(),
                user.epoch(),
                authTime,
                amr,
                cut(device),
                now,
                now,
                idleEnd.isBefore(end) ? idleEnd : end,
                end,
                List.of());
    }

    /** Never through the middle of a character. */
    private static String cut(String device) {
        if (device.length() <= LONGEST_DEVICE) {
            return device;
        }
        return device.substring(
                0, Character.isHighSurrogate(device.charAt(LONGEST_DEVICE - 1)) ? LONGEST_DEVICE - 1 : LONGEST_DEVICE);
    }

    public Instant end(Instant now) {
        return now.plus(ttl);
    }

    public Instant idleEnd(Instant now) {
        return now.plus(idleTtl);
    }

    /** How much later than the last one a use must be to be worth a write. */
    public Duration noticeable() {
        return idleTtl.dividedBy(NOTICEABLE);
    }

    /** Whether a use at {@code now} is worth a write. */
    public boolean isNoticeable(Instant lastUsedAt, Instant now) {
        return now.isAfter(lastUsedAt.plus(noticeable()));
    }
}
