package io.gatehouse.common.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Texts to values: one line per type that a key may have. */
final class Values {
    private record Format(String noun, Function<String, Object> parse) {}

    private static final Map<Class<?>, Format> FORMATS = Map.of(
            String.class, new Format("a text", Values::text),
            SecretValue.class, new Format("a secret", SecretValue::of),
            Integer.class, new Format("a whole number", Integer::valueOf),
            Boolean.class, new Format("true or false", Values::bool),
            Duration.class, new Format("an ISO-8601 duration", Values::duration),
            URI.class, new Format("a URL such as https://example.org", URI::create),
            Path.class, new Format("a path", Path::of),
            Rate.class, new Format("a limit and a window (such as 10/PT15M), or off", Rate::parse),
            JwkSet.class, new Format("a JWK Set, as a section or as JSON", JwkSet::new),
            Cidr.class, new Format("an IP address or CIDR block (such as 10.0.0.0/8)", Cidr::parse));

    private Values() {}

    static boolean reads(Class<?> type) {
        return type.isEnum() || FORMATS.containsKey(type);
    }

    /**
     * Reads one value.
     *
     * @throws BadValue if it doesn't suit the key; the message says what would
     */
    static Object parse(KeySpec key, String text) throws BadValue {
        List<String> choices = choices(key);
        if (!choices.isEmpty() && !choices.contains(text)) {
            throw new BadValue(shown(key, text) + ": give " + expected(key) + suggestion(text, choices));
        }
        Object value = key.type().isEnum() ? constants(key).get(choices.indexOf(text)) : read(key, text);
        if (!inRange(key.key(), value)) {
            throw new BadValue(outOfRange(key, text) + ": give " + expected(key));
        }
        return value;
    }

    private static Object read(KeySpec key, String text) throws BadValue {
        try {
            return format(key).parse().apply(text);
        } catch (IllegalArgumentException | DateTimeException unfit) {
            throw new BadValue(shown(key, text) + ": give " + expected(key));
        }
    }

    /** What the key takes, with its bounds: "a whole number from 0 to 65535". */
    static String expected(KeySpec key) {
        List<String> choices = choices(key);
        if (!choices.isEmpty()) {
            return (choices.size() == 1 ? "nothing but " : "one of ") + String.join(", ", choices);
        }
        return format(key).noun() + bounds(key);
    }

    /** How a value is written in a file. */
    static String written(Object value) {
        boolean days = value instanceof Duration time
                && time.toDays() > 0
                && Duration.ofDays(time.toDays()).equals(time);
        return days ? "P" + ((Duration) value).toDays() + "D" : value.toString();
    }

    private static Format format(KeySpec key) {
        Format format = FORMATS.get(key.type());
        if (format == null) {
            throw new IllegalStateException("no format for " + key.type());
        }
        return format;
    }

    private static String bounds(KeySpec key) {
        String min = key.key().min();
        String max = key.key().max();
        String unit = measuresLength(key.type()) ? " characters" : "";
        if (!min.isEmpty() && !max.isEmpty()) {
            return (unit.isEmpty() ? " from " : " of ") + min + " to " + max + unit;
        }
        if (!min.isEmpty()) {
            return " of at least " + min + unit;
        }
        return max.isEmpty() ? "" : " of at most " + max + unit;
    }

    private static boolean measuresLength(Class<?> type) {
        return type == String.class || type == SecretValue.class || type == URI.class;
    }

    private static boolean inRange(Key key, Object value) {
        return switch (value) {
            case Duration duration -> within(duration, key, Duration::parse);
            case Integer number -> within(number, key, Integer::valueOf);
            case String text -> within(text.length(), key, Integer::valueOf);
            case SecretValue secret -> within(secret.length(), key, Integer::valueOf);
            case URI url -> within(url.toString().length(), key, Integer::valueOf);
            default -> true;
        };
    }

    private static <T extends Comparable<T>> boolean within(T value, Key key, Function<String, T> bound) {
        return (key.min().isEmpty() || value.compareTo(bound.apply(key.min())) >= 0)
                && (key.max().isEmpty() || value.compareTo(bound.apply(key.max())) <= 0);
    }

    private static List<String> choices(KeySpec key) {
        return key.type().isEnum()
                ? constants(key).stream().map(Object::toString).toList()
                : List.of(key.key().oneOf());
    }

    private static List<Object> constants(KeySpec key) {
        Object @Nullable [] constants = key.type().getEnumConstants();
        return constants == null ? List.of() : Arrays.asList(constants);
    }

    private static String suggestion(String text, List<String> choices) {
        return NearestName.of(text, choices)
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
    }

    private static String shown(KeySpec key, String text) {
        return key.hidden() ? "doesn't suit" : "is " + Problems.quote(text);
    }

    private static String outOfRange(KeySpec key, String text) {
        return measuresLength(key.type())
                ? "has " + text.length() + " characters"
                : shown(key, text) + ", which is out of range";
    }

    private static String text(String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("control character");
        }
        return text;
    }

    private static Boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private static Duration duration(String text) {
        return text.equals("0") ? Duration.ZERO : Duration.parse(text);
    }

    /** Says why a text is no value of its key, to be read after the key's name; holds no secret. */
    static final class BadValue extends Exception {
        BadValue(String message) {
            super(message, null, false, false);
        }
    }
}
