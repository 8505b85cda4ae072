package io.gatehouse.gateway.oauth;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request, each at most once (RFC 6749, section 3.1) but for the few that may repeat. A parameter
 * without a value counts as absent.
 */
public final class Parameters {
    /** RFC 8707 and RFC 8693 let these repeat. */
    private static final Set<String> REPEATABLE = Set.of("resource", "audience");

    private static final int MAX_REPEATS = 8;
    private static final int MAX_COUNT = 64;

    private final List<String> names = new ArrayList<>(8);
    private final List<String> values = new ArrayList<>(8);
    private final Code refusal;
    private final boolean ignoringCase;

    public Parameters() {
        this(Code.INVALID_REQUEST);
    }

    /** @param refusal what a wrong number of parameters is called where these are read */
    public Parameters(Code refusal) {
        this(refusal, false);
    }

    private Parameters(Code refusal, boolean ignoringCase) {
        this.refusal = refusal;
        this.ignoringCase = ignoringCase;
    }

    /** Whose names are the same in any case, asked for in lower case; twice in different case is twice. */
    public static Parameters ignoringCase() {
        return new Parameters(Code.INVALID_REQUEST, true);
    }

    /** @throws io.gatehouse.common.error.OAuthFailure the refusal, where it came already or there are too many */
    public void add(String given, String value) {
        String name = ignoringCase ? given.toLowerCase(Locale.ROOT) : given;
        if (names.size() >= MAX_COUNT) {
            throw invalid("the request has more than " + MAX_COUNT + " parameters");
        }
        int before = count(name);
        if (before > 0 && !REPEATABLE.contains(name)) {
            throw invalid(printable(name) + " is given more than once: send it once");
        }
        if (before >= MAX_REPEATS) {
            throw invalid(name + " is given more than " + MAX_REPEATS + " times");
        }
        names.add(name);
        values.add(value);
    }

    /** Null where it is absent or empty. */
    public @Nullable String get(String name) {
        int index = names.indexOf(name);
        return index < 0 || values.get(index).isEmpty() ? null : values.get(index);
    }

    /** All values of one that may repeat, without empty ones. */
    List<String> all(String name) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equals(name) && !values.get(i).isEmpty()) {
                all.add(values.get(i));
            }
        }
        return all;
    }

    /** @throws io.gatehouse.common.error.OAuthFailure the refusal, where it is absent or empty */
    public String require(String name) {
        String value = get(name);
        if (value == null) {
            throw invalid(name + " is missing");
        }
        return value;
    }

    /** The same but for some names. */
    Parameters without(Set<String> left) {
        Parameters others = new Parameters(refusal, ignoringCase);
        for (int i = 0; i < names.size(); i++) {
            if (!left.contains(names.get(i))) {
                others.names.add(names.get(i));
                others.values.add(values.get(i));
            }
        }
        return others;
    }

    /** Form-encoded, without what counts as absent. */
    String form() {
        StringBuilder form = new StringBuilder(256);
        for (int i = 0; i < names.size(); i++) {
            if (!values.get(i).isEmpty()) {
                form.append(form.isEmpty() ? "" : "&")
                        .append(URLEncoder.encode(names.get(i), StandardCharsets.UTF_8))
                        .append('=')
                        .append(URLEncoder.encode(values.get(i), StandardCharsets.UTF_8));
            }
        }
        return form.toString();
    }

    /** What {@link #form} wrote. */
    static Parameters ofForm(String form) {
        Parameters parameters = new Parameters();
        for (String pair : form.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.add(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    private int count(String name) {
        int count = 0;
        for (String other : names) {
            count += other.equals(name) ? 1 : 0;
        }
        return count;
    }

    /** A name is the caller's text: what is not a plain word is not repeated back. */
    private static String printable(String name) {
        return name.length() <= 40 && name.chars().allMatch(c -> c == '_' || (Character.isLetterOrDigit(c) && c < 128))
                ? name
                : "a parameter";
    }

    private RuntimeException invalid(String description) {
        return OAuthError.failure(refusal, description);
    }
}
