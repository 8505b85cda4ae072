package io.gatehouse.store.embedded;

import io.gatehouse.store.copy.Rows;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** One kind of rows of the file, for a copy. */
final class MapRows<T extends Record> implements Rows<T> {
    private static final byte[] START = {};

    private final Access access;
    private final Table<T> table;

    MapRows(Access access, Table<T> table) {
        this.access = access;
        this.table = table;
    }

    /** How the file is reached: one operation after the other, each committed. */
    interface Access {
        <R extends @Nullable Object> Future<R> run(Function<Tables, R> operation);
    }

    /** Shows rows with their keys, from a key on, until the visitor says no. */
    interface Scan<T> {
        void run(Tables tables, byte[] from, BiPredicate<byte[], T> visitor);
    }

    /** @param put writes a row and what finds it, over one that is there */
    record Table<T extends Record>(Scan<T> scan, BiConsumer<Tables, T> put, ToLongFunction<Tables> size) {}

    @Override
    public Future<Page<T>> read(@Nullable String after, int limit) {
        return access.run(tables -> page(tables, after, limit));
    }

    private Page<T> page(Tables tables, @Nullable String after, int limit) {
        List<T> rows = new ArrayList<>();
        byte[][] last = new byte[1][];
        table.scan().run(tables, after == null ? START : behind(HexFormat.of().parseHex(after)), (key, row) -> {
            rows.add(row);
            last[0] = key;
            return rows.size() < limit;
        });
        return new Page<>(rows, rows.isEmpty() ? null : HexFormat.of().formatHex(last[0]));
    }

    /** The first key that can follow. */
    private static byte[] behind(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    @Override
    public Future<Void> write(List<T> rows) {
        return access.run(tables -> {
            rows.forEach(row -> table.put().accept(tables, row));
            return null;
        });
    }

    @Override
    public Future<Long> count() {
        return access.run(tables -> table.size().applyAsLong(tables));
    }
}
