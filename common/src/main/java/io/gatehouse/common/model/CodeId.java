package io.gatehouse.common.model;

import io.gatehouse.common.crypto.Base64Url;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.crypto.Secret;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * What a store knows of a one-time code: never the code itself.
 *
 * @param expiryDay days since 1970-01-01 (UTC): the partition it lies in
 * @param digest of the whole code
 */
public record CodeId(int expiryDay, Digest digest) {
    private static final int LENGTH = 32;
    private static final int TEXT_LENGTH = 43;

    /** A code and its id. */
    public record Made(Secret code, CodeId id) {}

    /** 32 bytes, base64url: the day in two bytes, then 240 random bits. */
    public static Made make(Instant expiresAt) {
        int day = Math.toIntExact(LocalDate.ofInstant(expiresAt, ZoneOffset.UTC).toEpochDay());
        Bytes bytes = Bytes.owned(new byte[] {(byte) (day >> 8), (byte) day}).plus(Entropy.bytes(LENGTH - 2));
        return new Made(Secret.of(bytes.base64Url()), new CodeId(day, Digest.of(bytes)));
    }

    /**
     * Under which the code lies that the user's decision about a device gives: what a client could present has another digest.
     */
    public CodeId ofDevice() {
        return new CodeId(expiryDay, Digest.of(Bytes.utf8("device ").plus(digest.value())));
    }

    /** Null where {@code code} has not the form of one. */
    public static @Nullable CodeId parse(String code) {
        Bytes bytes = code.length() == TEXT_LENGTH ? Base64Url.decode(code) : null;
        return bytes == null || bytes.length() != LENGTH
                ? null
                : new CodeId(((bytes.at(0) & 0xFF) << 8) | (bytes.at(1) & 0xFF), Digest.of(bytes));
    }
}
