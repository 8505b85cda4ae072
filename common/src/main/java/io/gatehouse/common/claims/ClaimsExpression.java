package io.gatehouse.common.claims;

import java.util.function.Predicate;

/**
 * What must be true of a sender, such as {@code roles has 'editor' and client_id != 'legacy'}. It is read once, and asked as
 * often as one likes: a question costs no more than the text is long.
 */
public final class ClaimsExpression {
    /** In characters. */
    public static final int LONGEST = 512;

    private final String text;
    private final Predicate<Claims> test;

    private ClaimsExpression(String text, Predicate<Claims> test) {
        this.text = text;
        this.test = test;
    }

    /** @throws MalformedClaims where it is none, and says where */
    public static ClaimsExpression parse(String text) {
        return new ClaimsExpression(text, new ClaimsParser(text).whole());
    }

    /** Whether it is true. A claim that is not there equals nothing, and has nothing. */
    public boolean isTrueOf(Claims claims) {
        return test.test(claims);
    }

    @Override
    public String toString() {
        return text;
    }
}
