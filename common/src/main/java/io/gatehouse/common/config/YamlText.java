package io.gatehouse.common.config;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes values so that YAML reads them back as the same text. */
final class YamlText {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9./][A-Za-z0-9_./+-]*(:[A-Za-z0-9_./+-]+)*");

    private YamlText() {}

    static String of(Object value) {
        String text = Values.written(value);
        return PLAIN.matcher(text).matches() ? text : quoted(text);
    }

    static String list(List<?> values) {
        return values.stream().map(YamlText::of).collect(Collectors.joining(", ", "[", "]"));
    }

    /** In the order of the names, so that the same configuration is the same text. */
    static String map(Map<?, ?> values) {
        return values.entrySet().stream()
                .map(entry -> YamlText.of(entry.getKey()) + ": " + YamlText.of(entry.getValue()))
                .sorted()
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
