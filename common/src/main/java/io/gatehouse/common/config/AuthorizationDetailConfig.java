package io.gatehouse.common.config;

import io.gatehouse.common.details.DetailType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A type of authorization details (RFC 9396): what it may hold, and what it lets a client do, in words for the pages.
 *
 * @param type its name
 * @param description in English, and in every language that has no text of its own
 * @param descriptionDe in German, or null: as in English
 * @param fields that it may hold beside its type
 */
public record AuthorizationDetailConfig(
        @Key(doc = "The type, as clients name it.", required = true, min = "1", max = "200")
        String type,

        @Key(doc = """
                        What the type allows, going on from "If you allow it, this app may:", such as: make a
                        payment.""", required = true, min = "1", max = "200")
        String description,

        @Key(doc = "The same in German. Default: description.", min = "1", max = "200") @Nullable
        String descriptionDe,

        @Key(doc = "The fields that it may hold; a request with any other is refused.")
        List<DetailFieldConfig> fields)
        implements Checked {

    private static final Pattern VISIBLE = Pattern.compile("[!-~&&[^\"\\\\]]+");
    private static final int MOST_FIELDS = 64;

    /** Copies its list. */
    public AuthorizationDetailConfig {
        fields = List.copyOf(fields);
    }

    /** What the protocol must know of it. */
    public DetailType declared() {
        return new DetailType(
                type, fields.stream().map(DetailFieldConfig::declared).toList());
    }

    @Override
    public void check(Rules rules) {
        rules.require(
                VISIBLE.matcher(type).matches(),
                "type",
                "holds a blank, a quote, a backslash or a letter outside ASCII: leave those out");
        rules.require(fields.size() <= MOST_FIELDS, "fields", "are more than " + MOST_FIELDS + ": leave some out");
        Set<String> names = new HashSet<>();
        fields.stream()
                .map(DetailFieldConfig::name)
                .filter(name -> !names.add(name))
                .forEach(name -> rules.report("fields", "lists " + name + " twice: keep one entry"));
        names.stream()
                .filter(name -> names.stream().anyMatch(other -> other.startsWith(name + ".")))
                .forEach(name -> rules.report(
                        "fields", "lists " + name + " and what lies within it: an object is declared by its members"));
    }

    /** @param language ISO 639 code of the page's */
    public String in(String language) {
        return descriptionDe != null && language.equals("de") ? descriptionDe : description;
    }
}
