package io.gatehouse.deploy.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What of an RFC a test holds, as its display name says: {@code RFC 9126, 2.1: the client must authenticate}.
 *
 * @param section as in the RFC
 * @param demand in a few words
 * @param test class and method
 */
record Clause(int rfc, String section, String demand, String test) implements Comparable<Clause> {
    private static final Pattern SHOWN = Pattern.compile(
            "@DisplayName\\(\\s*\"RFC (\\d+), ([A-Z0-9.]+): ([^\"]+)\"\\s*\\)(?:(?! void ).)*? void (\\w+)\\(",
            Pattern.DOTALL);

    /** Of every test of a class, whose source this is. */
    static List<Clause> of(String className, String source) {
        return SHOWN.matcher(source)
                .results()
                .map(found -> of(className, found))
                .toList();
    }

    private static Clause of(String className, MatchResult found) {
        return new Clause(
                Integer.parseInt(found.group(1)), found.group(2), found.group(3), className + "." + found.group(4));
    }

    @Override
    public int compareTo(Clause other) {
        int byRfc = Integer.compare(rfc, other.rfc);
        int bySection = byRfc == 0 ? compare(steps(), other.steps()) : byRfc;
        return bySection == 0 ? test.compareTo(other.test) : bySection;
    }

    private List<String> steps() {
        List<String> steps = new ArrayList<>();
        for (String step : section.split("\\.")) {
            steps.add("%4s".formatted(step));
        }
        return steps;
    }

    private static int compare(List<String> left, List<String> right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int order = left.get(i).compareTo(right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }
}
