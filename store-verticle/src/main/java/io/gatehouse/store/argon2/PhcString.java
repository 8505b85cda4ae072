package io.gatehouse.store.argon2;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.store.argon2.Cost.Variant;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A stored hash with all that it takes to compute it again, in the PHC string format. */
public record PhcString(Cost cost, Bytes salt, Bytes hash) {
    /** Older writers leave the version out. */
    private static final Pattern FORMAT = Pattern.compile("\\$argon2(id|i|d)(?:\\$v=(\\d{1,3}))?"
            + "\\$m=(\\d{1,9}),t=(\\d{1,9}),p=(\\d{1,9})\\$([A-Za-z0-9+/]{1,128})\\$([A-Za-z0-9+/]{6,256})");

    /** @throws IllegalArgumentException where it is none, or of parameters that nobody uses */
    public static PhcString parse(String text) {
        Matcher parts = FORMAT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a hash of Argon2 in the PHC string format");
        }
        int version = parts.group(2) == null ? Cost.FIRST_VERSION : Integer.parseInt(parts.group(2));
        Cost cost = new Cost(
                Variant.valueOf(parts.group(1).toUpperCase(Locale.ROOT)),
                version,
                Integer.parseInt(parts.group(3)),
                Integer.parseInt(parts.group(4)),
                Integer.parseInt(parts.group(5)));
        return new PhcString(cost, decode(parts.group(6)), decode(parts.group(7)));
    }

    private static Bytes decode(String text) {
        return Bytes.owned(Base64.getDecoder().decode(text));
    }

    /** The text that {@link #parse} reads. */
    public String text() {
        String variant = cost.variant().name().toLowerCase(Locale.ROOT);
        return "$argon2" + variant + "$v=" + cost.version() + "$m=" + cost.kibibytes() + ",t=" + cost.passes() + ",p="
                + cost.lanes() + "$" + encode(salt) + "$" + encode(hash);
    }

    private static String encode(Bytes bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes.toArray());
    }
}
