package io.gatehouse.token;

import io.gatehouse.common.crypto.Bytes;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based one-time passwords (RFC 6238) as every authenticator app makes them: HMAC-SHA-1, steps of 30 seconds, 6 digits.
 */
final class Totp {
    /** RFC 4226, section 4, asks for 128 bits and recommends 160. */
    static final int SECRET_BYTES = 20;

    static final int DIGITS = 6;
    /** {@link #match} found nothing. */
    static final long NONE = -1;

    private static final long STEP_SECONDS = 30;
    /** RFC 6238, section 5.2: clocks differ, and people type slowly. */
    private static final int DRIFT = 1;

    private static final int POWER = 1_000_000;
    private static final String ALGORITHM = "HmacSHA1";

    private Totp() {}

    static long step(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), STEP_SECONDS);
    }

    /** The time step whose code it is: this one, the one before or the next; or {@link #NONE}. */
    static long match(Bytes secret, String code, Instant now) {
        long current = step(now);
        long found = NONE;
        // Always all of them: how long it takes tells nothing.
        for (long step = current - DRIFT; step <= current + DRIFT; step++) {
            if (MessageDigest.isEqual(
                    Bytes.utf8(code(secret, step)).toArray(), Bytes.utf8(code).toArray())) {
                found = step;
            }
        }
        return found;
    }

    /** RFC 4226, section 5.3. */
    static String code(Bytes secret, long step) {
        byte[] hash = hmac(secret, ByteBuffer.allocate(Long.BYTES).putLong(step).array());
        int offset = hash[hash.length - 1] & 0xF;
        int truncated = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
        return String.format(Locale.ROOT, "%0" + DIGITS + "d", truncated % POWER);
    }

    private static byte[] hmac(Bytes secret, byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.toArray(), ALGORITHM));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA1", e);
        }
    }
}
