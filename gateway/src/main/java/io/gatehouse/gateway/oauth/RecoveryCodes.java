package io.gatehouse.gateway.oauth;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Entropy;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What lets somebody in once whose phone is lost: 80 random bits each, in letters and digits that nobody takes for others. */
public final class RecoveryCodes {
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int LENGTH = 16;
    private static final int GROUP = 4;
    private static final Pattern CODE = Pattern.compile("[a-km-np-z2-9]{" + LENGTH + "}");

    private RecoveryCodes() {}

    /** New ones, in groups as they are shown. */
    public static List<String> fresh(int count) {
        return Stream.generate(RecoveryCodes::one).limit(count).toList();
    }

    private static String one() {
        Bytes random = Entropy.bytes(LENGTH);
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            code.append(i > 0 && i % GROUP == 0 ? "-" : "").append(ALPHABET.charAt(random.at(i) & 31));
        }
        return code.toString();
    }

    /** What the store knows of one, however it is written; null: it can't be one. */
    public static @Nullable Digest digest(String written) {
        String code = bare(written).toLowerCase(Locale.ROOT);
        return CODE.matcher(code).matches() ? Digest.of("gatehouse recovery code v1 " + code) : null;
    }

    /** Without what only helps the eye. */
    static String bare(String written) {
        return written.replaceAll("[\\s-]", "");
    }
}
