package io.gatehouse.common.claims;

/** Cuts an expression into its words, one at a time. */
final class ClaimsLexer {
    /** What a word is. */
    enum Kind {
        NAME,
        TEXT,
        SIGN,
        END
    }

    /**
     * @param text of a quoted text without its quotes
     * @param position of its first character, from 1
     */
    record Word(Kind kind, String text, int position) {
        boolean is(String sign) {
            return (kind == Kind.SIGN || kind == Kind.NAME) && text.equals(sign);
        }

        /** As a message names it. */
        String shown() {
            return switch (kind) {
                case END -> "the end";
                case TEXT -> "'" + text + "'";
                default -> text;
            };
        }
    }

    private final String text;
    private int next;

    ClaimsLexer(String text) {
        this.text = text;
    }

    /** Behind the last one it is the end, however often it is asked for. */
    Word word() {
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        if (next == text.length()) {
            return new Word(Kind.END, "", next + 1);
        }
        char first = text.charAt(next);
        if (first == '\'' || first == '"') {
            return quoted(first);
        }
        return isLetter(first) ? name() : sign();
    }

    private Word quoted(char quote) {
        int begin = next;
        int end = text.indexOf(quote, begin + 1);
        if (end < 0) {
            throw new MalformedClaims(begin + 1, "the text that begins here has no closing quote");
        }
        next = end + 1;
        return new Word(Kind.TEXT, text.substring(begin + 1, end), begin + 1);
    }

    private Word name() {
        int begin = next;
        while (next < text.length() && isLetter(text.charAt(next))) {
            next++;
        }
        return new Word(Kind.NAME, text.substring(begin, next), begin + 1);
    }

    private Word sign() {
        int begin = next;
        for (String sign : new String[] {"==", "!=", "(", ")", "[", "]", ","}) {
            if (text.startsWith(sign, begin)) {
                next = begin + sign.length();
                return new Word(Kind.SIGN, sign, begin + 1);
            }
        }
        throw new MalformedClaims(
                begin + 1, "this is no sign of the language: write texts in quotes, and compare by == or !=");
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c >= '0' && c <= '9');
    }
}
