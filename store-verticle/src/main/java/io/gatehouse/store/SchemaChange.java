package io.gatehouse.store;

import java.util.List;

/**
 * What it took to bring a database's schema up to date.
 *
 * @param applied the steps that were missing, each as its number and what it is about; none if it was up to date
 * @param version the number of the last step that is applied now, or {@link #NO_SCHEMA}
 */
public record SchemaChange(List<String> applied, int version) {
    /** Of a back end that has none. */
    public static final int NO_SCHEMA = 0;

    public SchemaChange {
        applied = List.copyOf(applied);
    }
}
