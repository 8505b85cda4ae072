package io.gatehouse.gateway.oauth;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The parameter {@code ui_locales} (OpenID Connect Core, section 3.1.2.1): a wish, of which nothing is ever refused. */
public final class UiLocales {
    private static final Pattern LANGUAGE_TAG = Pattern.compile("[A-Za-z0-9-]{1,35}");
    private static final int MOST = 8;

    private UiLocales() {}

    /** Language tags, best first; what is none is left out. */
    public static List<String> of(Parameters parameters) {
        String text = parameters.get("ui_locales");
        return text == null
                ? List.of()
                : Arrays.stream(text.split(" "))
                        .filter(word -> LANGUAGE_TAG.matcher(word).matches())
                        .limit(MOST)
                        .toList();
    }
}
