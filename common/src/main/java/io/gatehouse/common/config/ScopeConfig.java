package io.gatehouse.common.config;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a scope lets a client do, in words for the pages.
 *
 * @param name of the scope
 * @param description in English, and in every language that has no text of its own
 * @param descriptionDe in German, or null: as in English
 */
public record ScopeConfig(
        @Key(doc = "The scope's name, as clients ask for it.", required = true, min = "1", max = "200")
        String name,

        @Key(doc = """
                        What the scope allows, going on from "If you allow it, this app may:", such as: see your
                        calendar.""", required = true, min = "1", max = "200")
        String description,

        @Key(doc = "The same in German. Default: description.", min = "1", max = "200") @Nullable
        String descriptionDe)
        implements Checked {

    /** RFC 6749, section 3.3. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

    @Override
    public void check(Rules rules) {
        rules.require(
                TOKEN.matcher(name).matches(),
                "name",
                "holds characters that RFC 6749 doesn't allow: use visible ASCII without blanks");
    }

    /** @param language ISO 639 code of the page's */
    public String in(String language) {
        return descriptionDe != null && language.equals("de") ? descriptionDe : description;
    }
}
