package io.gatehouse.gateway.page;

import io.gatehouse.common.model.Scope;
import java.util.List;

/**
 * One value of a scope, for who must decide about it.
 *
 * @param text in words of the page's language; the value itself where there are none
 */
public record ScopeLine(String scope, String text) {
    /** It has a sentence of its own. */
    static final String OFFLINE_ACCESS = "offline_access";

    private static final Scope WITHOUT_LINE = new Scope(List.of("openid", OFFLINE_ACCESS));

    /** The values that are lines of the list. */
    static List<String> of(Scope scope) {
        return scope.without(WITHOUT_LINE).values();
    }
}
