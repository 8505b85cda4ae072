package io.gatehouse.common.model;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A set of scope values (RFC 6749, section 3.3) in the order they were named.
 *
 * @param values distinct scope tokens
 */
public record Scope(List<String> values) {
    public static final Scope EMPTY = new Scope(List.of());
    private static final int MAX_VALUES = 64;
    private static final int MAX_LENGTH = 4096;

    /** @throws io.gatehouse.common.error.OAuthFailure invalid_scope, where a value is none or stands there twice */
    public Scope {
        values = List.copyOf(values);
        values.forEach(Scope::check);
        if (values.size() > 1 && Set.copyOf(values).size() < values.size()) {
            throw invalid("scope has a value twice");
        }
    }

    /**
     * Reads a space-separated list; repeated values count once.
     *
     * @throws io.gatehouse.common.error.OAuthFailure invalid_scope, where a value has characters a scope token may not have
     */
    public static Scope parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw invalid("scope is longer than " + MAX_LENGTH + " characters");
        }
        Set<String> values = new LinkedHashSet<>();
        for (String value : text.split(" ")) {
            if (!value.isEmpty() && values.add(value) && values.size() > MAX_VALUES) {
                throw invalid("scope has more than " + MAX_VALUES + " values");
            }
        }
        return values.isEmpty() ? EMPTY : new Scope(List.copyOf(values));
    }

    public boolean contains(String value) {
        return values.contains(value);
    }

    public boolean covers(Scope other) {
        return values.containsAll(other.values);
    }

    public Scope intersect(Scope other) {
        return new Scope(values.stream().filter(other.values::contains).toList());
    }

    public Scope without(Scope other) {
        return new Scope(
                values.stream().filter(value -> !other.values.contains(value)).toList());
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** The form in requests, responses and tokens. */
    @Override
    public String toString() {
        return String.join(" ", values);
    }

    private static void check(String value) {
        if (value.isEmpty()) {
            throw invalid("scope has an empty value");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x21 || c > 0x7E || c == '"' || c == '\\') {
                throw invalid("scope has a character that RFC 6749 does not allow there");
            }
        }
    }

    private static RuntimeException invalid(String description) {
        return OAuthError.failure(Code.INVALID_SCOPE, description);
    }
}
