package io.gatehouse.common.crypto;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** base64url without padding (RFC 7515, section 2), read strictly: one text per byte string. */
public final class Base64Url {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private Base64Url() {}

    public static String encode(byte[] value) {
        return ENCODER.encodeToString(value);
    }

    /**
     * Null where {@code text} is not what {@link #encode} would write: padding, foreign characters and set trailing bits
     * are refused, since two texts for one value would slip past a memory of texts.
     */
    public static @Nullable Bytes decode(String text) {
        if (text.endsWith("=")) {
            return null;
        }
        try {
            byte[] value = DECODER.decode(text);
            return encode(value).equals(text) ? Bytes.owned(value) : null;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
