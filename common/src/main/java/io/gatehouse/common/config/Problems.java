package io.gatehouse.common.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects everything that is wrong, so that nobody mends one mistake per start. */
final class Problems {
    private final Set<Problem> found = new LinkedHashSet<>();

    /** Adds a problem, once. */
    void add(String path, String origin, String message) {
        found.add(new Problem(printable(path), printable(origin), printable(message)));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** Whether something is wrong with the key or below it. */
    boolean touch(String path) {
        return found.stream().anyMatch(problem -> {
            String other = problem.path();
            return other.equals(path) || other.startsWith(path + ".") || other.startsWith(path + "[");
        });
    }

    List<Problem> all() {
        return List.copyOf(found);
    }

    /** Quotes a value for a message; long ones are cut. */
    static String quote(String value) {
        return "\"" + (value.length() > 60 ? value.substring(0, 60) + "..." : value) + "\"";
    }

    // A key or value with a line break in it must not write lines of its own into a terminal or log.
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
    }
}
