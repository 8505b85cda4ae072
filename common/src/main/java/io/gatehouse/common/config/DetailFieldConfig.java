package io.gatehouse.common.config;

import io.gatehouse.common.details.DetailField;
import io.gatehouse.common.details.DetailField.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A field of a type of authorization details.
 *
 * @param name of the member; members of an object within by their path
 * @param kind text, texts, number or flag, or null: as RFC 9396 says, else text
 * @param required whether it must be there
 * @param values that it may have; empty: any
 * @param label in English, and in every language that has no text of its own, or null: as usual, else the name
 * @param labelDe in German, or null: as in English
 */
public record DetailFieldConfig(
        @Key(doc = """
                        The field's name. A member of an object within is declared by its path, such as
                        amount.currency.""", required = true, min = "1", max = "200")
        String name,

        @Key(
                doc = """
                        text, a list of texts, a whole number or a flag. Default: what RFC 9396 says of locations,
                        actions, datatypes, privileges (texts) and identifier (text); text for any other.""",
                oneOf = {"text", "texts", "number", "flag"})
        @Nullable
        String kind,

        @Key(doc = "Whether a request without it is refused.", defaultValue = "false")
        boolean required,

        @Key(doc = "The values that it may have. Default: any.", min = "1", max = "200")
        List<String> values,

        @Key(
                doc = "What the pages call it. Default: words of ours for the fields of RFC 9396, else its name.",
                min = "1",
                max = "100")
        @Nullable
        String label,

        @Key(doc = "The same in German. Default: label.", min = "1", max = "100") @Nullable
        String labelDe)
        implements Checked {

    /** RFC 9396, section 2.2. */
    private static final Map<String, String> COMMON = Map.of(
            "locations", "texts",
            "actions", "texts",
            "datatypes", "texts",
            "privileges", "texts",
            "identifier", "text");

    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_-]{1,64}(\\.[A-Za-z0-9_-]{1,64}){0,2}");

    /** Copies its list. */
    public DetailFieldConfig {
        values = List.copyOf(values);
    }

    DetailField declared() {
        String shape = Objects.requireNonNullElse(kind, COMMON.getOrDefault(name, "text"));
        return new DetailField(name, Shape.valueOf(shape.toUpperCase(Locale.ROOT)), required, values);
    }

    @Override
    public void check(Rules rules) {
        rules.require(
                PATH.matcher(name).matches() && !name.equals("type"),
                "name",
                "is none of a field: use letters, digits, _ and -, with dots between at most three of them, not type");
        rules.require(
                kind == null || kind.equals(COMMON.getOrDefault(name, kind)),
                "kind",
                "is not what RFC 9396 says of this field: leave it out, or name the field otherwise",
                "name");
        rules.require(
                values.isEmpty()
                        || declared().shape() == Shape.TEXT
                        || declared().shape() == Shape.TEXTS,
                "values",
                "are texts: remove them, or the kind",
                "kind");
    }

    /**
     * What the pages call it, or null: the operator does not say.
     *
     * @param language ISO 639 code of the page's
     */
    public @Nullable String in(String language) {
        return labelDe != null && language.equals("de") ? labelDe : label;
    }
}
