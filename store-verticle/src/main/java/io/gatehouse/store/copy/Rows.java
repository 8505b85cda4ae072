package io.gatehouse.store.copy;

import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One kind of rows of a store that nobody else works on. */
public interface Rows<T extends Record> {
    /**
     * Reads on in the order of keys.
     *
     * @param after the {@link Page#last} of the page before; null: from the start
     * @param limit of rows
     */
    Future<Page<T>> read(@Nullable String after, int limit);

    /** Writes them as they are, with whatever else finds them; those that are there already stay. Durable when it answers. */
    Future<Void> write(List<T> rows);

    Future<Long> count();

    /**
     * Rows that follow one another.
     *
     * @param last where they end, in the back end's own words; null: there are none
     */
    record Page<T extends Record>(List<T> rows, @Nullable String last) {
        public Page {
            rows = List.copyOf(rows);
        }
    }
}
