package io.gatehouse.common.model;

import java.util.Locale;
import java.util.Set;

/**
 * Schemes of URIs that a browser acts upon itself: a redirect to one would run or show what the answer carries, or open what it
 * names.
 */
public final class ExecutedSchemes {
    private static final Set<String> NAMES = Set.of(
            "javascript", "data", "vbscript", "file", "blob", "about", "view-source", "filesystem", "jar", "intent");

    private ExecutedSchemes() {}

    /** @param scheme in any case */
    public static boolean contains(String scheme) {
        return NAMES.contains(scheme.toLowerCase(Locale.ROOT));
    }
}
