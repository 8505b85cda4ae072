package io.gatehouse.gateway.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the language that suits a browser best (RFC 4647, basic filtering by the primary subtag). */
final class LanguageChoice {
    /** More than any browser sends; what comes after is not read. */
    private static final int LONGEST_HEADER = 400;

    private static final int MOST_RANGES = 20;

    private record Range(String language, double weight) {}

    private final List<String> spoken;

    LanguageChoice(List<String> spoken) {
        this.spoken = spoken;
    }

    /** Null where none of the wished ones is spoken. */
    @Nullable
    String best(@Nullable String acceptLanguage, List<String> uiLocales) {
        for (String wished : uiLocales) {
            String language = primary(wished);
            if (spoken.contains(language)) {
                return language;
            }
        }
        return acceptLanguage == null ? null : heaviest(acceptLanguage);
    }

    private @Nullable String heaviest(String header) {
        Range best = new Range("", 0);
        for (Range range : ranges(header)) {
            if (range.weight() > best.weight() && spoken.contains(range.language())) {
                best = range;
            }
        }
        return best.weight() > 0 ? best.language() : null;
    }

    private static List<Range> ranges(String header) {
        String read = header.substring(0, Math.min(header.length(), LONGEST_HEADER));
        List<Range> ranges = new ArrayList<>();
        for (String part : read.split(",", MOST_RANGES)) {
            int semicolon = part.indexOf(';');
            String range = semicolon < 0 ? part : part.substring(0, semicolon);
            ranges.add(new Range(primary(range), semicolon < 0 ? 1 : weight(part.substring(semicolon + 1))));
        }
        return ranges;
    }

    /** 0, "not at all", where it is no number that we can read. */
    private static double weight(String parameter) {
        String trimmed = parameter.trim();
        try {
            return trimmed.startsWith("q=") ? Double.parseDouble(trimmed.substring(2)) : 0;
        } catch (NumberFormatException malformed) {
            return 0;
        }
    }

    private static String primary(String tag) {
        String trimmed = tag.trim();
        int dash = trimmed.indexOf('-');
        return (dash < 0 ? trimmed : trimmed.substring(0, dash)).toLowerCase(Locale.ROOT);
    }
}
