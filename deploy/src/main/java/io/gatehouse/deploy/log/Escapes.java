package io.gatehouse.deploy.log;

/** Keeps what callers sent from breaking out of its line or its quotes. */
final class Escapes {
    private static final char DELETE = 0x7f;
    private static final char FIRST_PRINTABLE_AFTER = 0xa0;

    private Escapes() {}

    /** Control characters as JSON would write them. */
    static void plain(CharSequence text, StringBuilder line) {
        append(text, false, line);
    }

    /** The inside of a JSON string. */
    static void quoted(CharSequence text, StringBuilder line) {
        line.append('"');
        append(text, true, line);
        line.append('"');
    }

    private static void append(CharSequence text, boolean quotes, StringBuilder line) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quotes && (c == '"' || c == '\\')) {
                line.append('\\').append(c);
            } else if (c == '\n') {
                line.append("\\n");
            } else if (isControl(c) || isLoneSurrogate(text, i)) {
                line.append("\\u").append(hex(c));
            } else {
                line.append(c);
            }
        }
    }

    // the last two end a line for some readers
    private static boolean isControl(char c) {
        return c < ' ' || (c >= DELETE && c < FIRST_PRINTABLE_AFTER) || c == '\u2028' || c == '\u2029';
    }

    // it has no UTF-8 form: writing it would put a question mark where the reader expects evidence
    private static boolean isLoneSurrogate(CharSequence text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    private static String hex(char c) {
        return String.format("%04x", (int) c);
    }
}
