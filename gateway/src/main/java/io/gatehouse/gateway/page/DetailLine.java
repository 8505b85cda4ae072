package io.gatehouse.gateway.page;

import java.util.List;

/**
 * One of the authorization details (RFC 9396), for who must decide about it.
 *
 * @param text what its type allows, in words of the page's language; the type itself where there are none
 * @param fields what else it says
 */
public record DetailLine(String text, List<Field> fields) {
    public DetailLine {
        fields = List.copyOf(fields);
    }

    /** @param values in words; at least one */
    public record Field(String label, List<String> values) {
        public Field {
            values = List.copyOf(values);
        }
    }
}
