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

    /** Levenshtein's distance, one row at a time. */
    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int substitution = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitution, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[row.length - 1];
    }
}
