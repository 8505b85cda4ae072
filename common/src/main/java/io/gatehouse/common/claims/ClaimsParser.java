package io.gatehouse.common.claims;

import io.gatehouse.common.claims.ClaimsLexer.Kind;
import io.gatehouse.common.claims.ClaimsLexer.Word;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Reads one expression, by recursive descent: not binds closest, then and, then or. */
final class ClaimsParser {
    private static final int DEEPEST = 16;

    private final ClaimsLexer lexer;
    private Word here;
    private int depth;

    ClaimsParser(String text) {
        if (text.length() > ClaimsExpression.LONGEST) {
            throw new MalformedClaims(
                    ClaimsExpression.LONGEST + 1, "it goes on beyond " + ClaimsExpression.LONGEST + " characters");
        }
        this.lexer = new ClaimsLexer(text);
        this.here = lexer.word();
    }

    Predicate<Claims> whole() {
        Predicate<Claims> read = either();
        if (here.kind() != Kind.END) {
            throw flaw("and or or, or the end", here);
        }
        return read;
    }

    private Predicate<Claims> either() {
        Predicate<Claims> read = both();
        while (skip("or")) {
            read = read.or(both());
        }
        return read;
    }

    private Predicate<Claims> both() {
        Predicate<Claims> read = one();
        while (skip("and")) {
            read = read.and(one());
        }
        return read;
    }

    private Predicate<Claims> one() {
        if (++depth > DEEPEST) {
            throw new MalformedClaims(here.position(), "it is nested more than " + DEEPEST + " deep");
        }
        Predicate<Claims> read;
        if (skip("not")) {
            read = one().negate();
        } else if (skip("(")) {
            read = either();
            expect(")");
        } else {
            read = comparison();
        }
        depth--;
        return read;
    }

    private Predicate<Claims> comparison() {
        Word name = here;
        Claim claim = name.kind() == Kind.NAME ? Claim.named(name.text()) : null;
        if (claim == null) {
            throw flaw("one of " + Claim.all() + ", or not, or (", name);
        }
        advance();
        return claim.isList() ? has(claim) : compared(claim);
    }

    private Predicate<Claims> has(Claim claim) {
        expect("has", claim.text() + " is a list: ask whether it has a text");
        String value = text();
        return claims -> claim.of(claims).contains(value);
    }

    private Predicate<Claims> compared(Claim claim) {
        if (skip("in")) {
            Set<String> values = texts();
            return claims -> claim.of(claims).stream().anyMatch(values::contains);
        }
        boolean equal = here.is("==");
        if (!equal && !here.is("!=")) {
            throw flaw("==, != or in", here);
        }
        advance();
        String value = text();
        return claims -> claim.of(claims).equals(List.of(value)) == equal;
    }

    private Set<String> texts() {
        expect("[");
        Set<String> values = new HashSet<>();
        do {
            values.add(text());
        } while (skip(","));
        expect("]");
        return values;
    }

    private String text() {
        Word word = here;
        if (word.kind() != Kind.TEXT) {
            throw flaw("a text in quotes", word);
        }
        advance();
        return word.text();
    }

    private void expect(String sign) {
        expect(sign, "");
    }

    private void expect(String sign, String advice) {
        Word word = here;
        if (!skip(sign)) {
            throw flaw(sign + (advice.isEmpty() ? "" : " (" + advice + ")"), word);
        }
    }

    private boolean skip(String sign) {
        boolean there = here.is(sign);
        if (there) {
            advance();
        }
        return there;
    }

    private void advance() {
        here = lexer.word();
    }

    private static MalformedClaims flaw(String wanted, Word found) {
        return new MalformedClaims(
                found.position(), "there is " + found.shown() + " where this is expected: " + wanted);
    }
}
