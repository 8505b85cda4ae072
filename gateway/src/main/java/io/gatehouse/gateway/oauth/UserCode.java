package io.gatehouse.gateway.oauth;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Entropy;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What somebody reads off a device and types (RFC 8628, section 6.1): eight consonants, 34 random bits, so that no word comes
 * out and no letter passes for a digit.
 *
 * @param letters in upper case, without the dash
 */
public record UserCode(String letters) {
    private static final String ALPHABET = "BCDFGHJKLMNPQRSTVWXZ";
    private static final int LENGTH = 8;
    private static final int GROUP = 4;
    /** Of the 256 bytes; those behind would make some letters likelier. */
    private static final int EVEN = 240;

    private static final int LONGEST_TYPED = 40;

    static UserCode make() {
        StringBuilder letters = new StringBuilder(LENGTH);
        while (letters.length() < LENGTH) {
            Bytes random = Entropy.bytes(LENGTH);
            for (int i = 0; i < random.length() && letters.length() < LENGTH; i++) {
                int b = random.at(i) & 0xFF;
                if (b < EVEN) {
                    letters.append(ALPHABET.charAt(b % ALPHABET.length()));
                }
            }
        }
        return new UserCode(letters.toString());
    }

    /** In any case, with or without dashes and blanks; null where it can be none of ours. */
    public static @Nullable UserCode parse(String typed) {
        if (typed.length() > LONGEST_TYPED) {
            return null;
        }
        StringBuilder letters = new StringBuilder(LENGTH);
        for (char c : typed.toUpperCase(Locale.ROOT).toCharArray()) {
            if (ALPHABET.indexOf(c) >= 0) {
                letters.append(c);
            } else if (!isSeparator(c)) {
                return null;
            }
        }
        return letters.length() == LENGTH ? new UserCode(letters.toString()) : null;
    }

    private static boolean isSeparator(char c) {
        return Character.getType(c) == Character.DASH_PUNCTUATION || Character.isSpaceChar(c) || c == '\t';
    }

    /** What the store knows of it. */
    Digest digest() {
        return Digest.of(letters);
    }

    /** With the dash. */
    public String shown() {
        return letters.substring(0, GROUP) + "-" + letters.substring(GROUP);
    }
}
