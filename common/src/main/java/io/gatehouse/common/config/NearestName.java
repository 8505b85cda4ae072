package io.gatehouse.common.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what a mistyped name was probably meant to be; for keys, options and commands alike. */
public final class NearestName {
    /** Names longer than this get no suggestion: the comparison costs the product of both lengths. */
    private static final int LONGEST = 64;

    private NearestName() {}

    /** The name nearest to the given word, if any is near enough to be worth suggesting. */
    public static Optional<String> of(String word, Collection<String> names) {
        if (word.length() > LONGEST) {
            return Optional.empty();
        }
        String wanted = plain(word);
        return names.stream()
                .filter(name ->
                        distance(wanted, plain(name)) <= Math.max(1, Math.min(wanted.length(), name.length()) / 3))
                .min(Comparator.comparingInt(name -> distance(wanted, plain(name))));
    }

    /** Case, dashes and underscores are never what tells two names apart. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]", "");
    }

    /** Levenshtein's distance, where two neighbours that changed places are one mistake. */
    private static int distance(String left, String right) {
        int[][] costs = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                costs[i][j] = i == 0 || j == 0 ? i + j : cost(left, right, i, j, costs);
            }
        }
        return costs[left.length()][right.length()];
    }

    private static int cost(String left, String right, int i, int j, int[][] costs) {
        boolean same = left.charAt(i - 1) == right.charAt(j - 1);
        int edit = Math.min(costs[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(costs[i - 1][j], costs[i][j - 1]));
        boolean swapped = i > 1
                && j > 1
                && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
        return swapped ? Math.min(edit, costs[i - 2][j - 2] + 1) : edit;
    }
}
