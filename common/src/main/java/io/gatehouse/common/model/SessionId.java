package io.gatehouse.common.model;

import io.gatehouse.common.crypto.Base64Url;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Entropy;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Names a browser session: the {@code sid} of ID tokens, access tokens and logout tokens. It is no secret, and starts with
 * the day the session expires, as a {@link GrantId} does.
 *
 * @param value 18 bytes: days since 1970-01-01 (UTC, unsigned, big endian) in two, then 128 random bits
 */
public record SessionId(Bytes value) {
    public static final int LENGTH = 18;

    private static final int LAST_DAY = 0xFFFF;

    public SessionId {
        if (value.length() != LENGTH) {
            throw new IllegalArgumentException("a session id has 18 bytes");
        }
    }

    public static SessionId expiring(Instant expiresAt) {
        long day = LocalDate.ofInstant(expiresAt, ZoneOffset.UTC).toEpochDay();
        if (day < 0 || day > LAST_DAY) {
            throw new IllegalArgumentException("a session expires between 1970 and 2149");
        }
        Bytes prefix = Bytes.owned(new byte[] {(byte) (day >> 8), (byte) day});
        return new SessionId(prefix.plus(Entropy.bytes(LENGTH - 2)));
    }

    /** Null where {@code sid} has not the form of one. */
    public static @Nullable SessionId parse(String sid) {
        Bytes bytes = sid.length() == LENGTH * 4 / 3 ? Base64Url.decode(sid) : null;
        return bytes == null || bytes.length() != LENGTH ? null : new SessionId(bytes);
    }

    /** Days since 1970-01-01. */
    public int expiryDay() {
        return ((value.at(0) & 0xFF) << 8) | (value.at(1) & 0xFF);
    }

    /** The claim: 24 characters of base64url. */
    public String sid() {
        return value.base64Url();
    }
}
