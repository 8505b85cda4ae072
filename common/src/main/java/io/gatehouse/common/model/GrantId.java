package io.gatehouse.common.model;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Entropy;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Names a grant. It starts with the day the grant expires, so that a store which keeps a partition per day finds it
 * in one.
 *
 * @param value 16 bytes: days since 1970-01-01 (UTC, unsigned, big endian) in two, then 112 random bits
 */
public record GrantId(Bytes value) {
    public static final int LENGTH = 16;

    private static final int LAST_DAY = 0xFFFF;

    public GrantId {
        if (value.length() != LENGTH) {
            throw new IllegalArgumentException("a grant id has 16 bytes");
        }
    }

    public static GrantId expiring(Instant expiresAt) {
        long day = LocalDate.ofInstant(expiresAt, ZoneOffset.UTC).toEpochDay();
        if (day < 0 || day > LAST_DAY) {
            throw new IllegalArgumentException("a grant expires between 1970 and 2149");
        }
        Bytes prefix = Bytes.owned(new byte[] {(byte) (day >> 8), (byte) day});
        return new GrantId(prefix.plus(Entropy.bytes(LENGTH - 2)));
    }

    /** Days since 1970-01-01. */
    public int expiryDay() {
        return ((value.at(0) & 0xFF) << 8) | (value.at(1) & 0xFF);
    }

    /** The name of the grant in access tokens ({@code gid}): it can't be turned back into a grant id. */
    public String gid() {
        return Digest.of(Bytes.utf8("gid").plus(value)).value().slice(0, LENGTH).base64Url();
    }
}
