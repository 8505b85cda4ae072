package io.gatehouse.store.pg;

import io.gatehouse.common.crypto.Digest;
import org.jspecify.annotations.Nullable;

/**
 * Text as a column can hold it: PostgreSQL knows no zero in texts, and an index no long ones. Ordinary names stay as
 * they are, so that an operator finds them.
 */
final class ColumnText {
    private static final int LONGEST_KEY = 200;
    private static final char ESCAPE = '\\';
    private static final String ESCAPED_ESCAPE = "\\\\";
    private static final String ESCAPED_ZERO = "\\0";
    /** No exact text begins so. */
    private static final String DIGEST = "\\#";

    private ColumnText() {}

    /** Any text; {@link #read} gives it back. */
    static String exact(String text) {
        return isPlain(text) ? text : text.replace("\\", ESCAPED_ESCAPE).replace("\0", ESCAPED_ZERO);
    }

    /** Of bounded length, and different for different texts. */
    static String key(String text) {
        return text.length() <= LONGEST_KEY
                ? exact(text)
                : DIGEST + Digest.of(text).value().base64Url();
    }

    /** As {@link #key}. */
    static @Nullable String keyOrNull(@Nullable String text) {
        return text == null ? null : key(text);
    }

    /** The text that {@link #exact} made {@code column} of. */
    static String read(String column) {
        if (isPlain(column)) {
            return column;
        }
        StringBuilder text = new StringBuilder(column.length());
        for (int at = 0; at < column.length(); at++) {
            char c = column.charAt(at);
            if (c == ESCAPE && at + 1 < column.length()) {
                at++;
                c = column.charAt(at) == '0' ? '\0' : column.charAt(at);
            }
            text.append(c);
        }
        return text.toString();
    }

    private static boolean isPlain(String text) {
        return text.indexOf(ESCAPE) < 0 && text.indexOf('\0') < 0;
    }
}
