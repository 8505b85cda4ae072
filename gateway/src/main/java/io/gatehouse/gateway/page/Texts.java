package io.gatehouse.gateway.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All texts of the pages in one language. Immutable; one per language. */
public final class Texts {
    private static final String BUNDLE = "io.gatehouse.gateway.page.texts";

    /** The first one is spoken to whoever wants none of them. */
    private static final List<Texts> ALL = List.of(new Texts(Locale.UK), new Texts(Locale.GERMANY));

    private final Locale locale;
    private final Map<String, String> words = new HashMap<>();
    private final DateTimeFormatter times;

    /** @param locale language, and the country whose dates it writes */
    private Texts(Locale locale) {
        this.locale = locale;
        ResourceBundle bundle = ResourceBundle.getBundle(
                BUNDLE, locale, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        bundle.keySet().forEach(key -> words.put(key, bundle.getString(key)));
        this.times = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(locale)
                .withZone(ZoneOffset.UTC);
    }

    /**
     * The language that a browser's user likes best of those that we speak.
     *
     * @param acceptLanguage the header (RFC 9110, section 12.5.4); null: not sent
     * @param uiLocales what the client wishes, best first; counts before the header
     */
    public static Texts of(@Nullable String acceptLanguage, List<String> uiLocales) {
        String best = new LanguageChoice(languages()).best(acceptLanguage, uiLocales);
        return best == null ? ALL.getFirst() : in(best);
    }

    /** Those that we speak, by their ISO 639 codes. */
    public static List<String> languages() {
        return ALL.stream().map(Texts::language).toList();
    }

    static Texts in(String language) {
        return ALL.stream()
                .filter(texts -> texts.language().equals(language))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no texts in " + language));
    }

    /** For the page's {@code lang} attribute. */
    public String language() {
        return locale.getLanguage();
    }

    Set<String> keys() {
        return Set.copyOf(words.keySet());
    }

    /** @param values for the places {0}, {1} ... of the text */
    public String get(String key, String... values) {
        String text = words.get(key);
        if (text == null) {
            throw new IllegalArgumentException("no such text: " + key);
        }
        return values.length == 0 ? text : filled(text, values);
    }

    /** In one pass, so that a value is never looked into. */
    private static String filled(String text, String... values) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
            int place = text.charAt(open + 1) - '0';
            out.append(text, from, open).append(values[place]);
            from = open + "{0}".length();
        }
        return out.append(text, from, text.length()).toString();
    }

    /** A scope value in words; one that we do not know by its own name. */
    public String scope(String value) {
        return words.getOrDefault("scope." + value, value);
    }

    /** What a field of authorization details is called; one that we do not know by its own name. */
    public String detail(String field) {
        return words.getOrDefault("detail.field." + field, field);
    }

    /** A time to wait in words, rounded up: nobody is to come too early. */
    public String duration(Duration time) {
        long seconds = Math.max(1, time.plusMillis(999).toSeconds());
        if (seconds < 60) {
            return amount(seconds, "duration.second");
        }
        long minutes = (seconds + 59) / 60;
        return minutes < 60 ? amount(minutes, "duration.minute") : amount((minutes + 59) / 60, "duration.hour");
    }

    private String amount(long count, String unit) {
        return count == 1 ? get(unit) : get(unit + "s", String.valueOf(count));
    }

    /** Day and minute. */
    public String time(Instant time) {
        return get("time", times.format(time));
    }
}
