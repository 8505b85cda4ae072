package io.gatehouse.common.details;

import java.util.List;

/**
 * A field that authorization details of a type may hold.
 *
 * @param name of the member; of a member of an object within its path, with dots between
 * @param required whether it must be there
 * @param values that it may have; empty: any
 */
public record DetailField(String name, Shape shape, boolean required, List<String> values) {
    public DetailField {
        values = List.copyOf(values);
    }

    /** What its value is. */
    public enum Shape {
        TEXT,
        /** A list of texts. */
        TEXTS,
        /** A whole number. */
        NUMBER,
        FLAG
    }
}
