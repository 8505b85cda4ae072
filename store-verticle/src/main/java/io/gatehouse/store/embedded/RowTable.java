package io.gatehouse.store.embedded;

import io.gatehouse.common.codec.MalformedRecord;
import io.gatehouse.common.codec.RecordCodec;
import io.gatehouse.common.crypto.Bytes;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Records as rows: a byte that names the format, then the encoded record. */
final class RowTable<K, T extends Record> {
    private static final byte FORMAT = 1;
    private static final Bytes FORMAT_PREFIX = Bytes.owned(new byte[] {FORMAT});

    private final Table<K, byte[]> rows;
    private final Class<T> type;

    RowTable(Table<K, byte[]> rows, Class<T> type) {
        this.rows = rows;
        this.type = type;
    }

    @Nullable
    T get(K key) {
        byte[] row = rows.get(key);
        return row == null ? null : decode(row);
    }

    boolean has(K key) {
        return rows.has(key);
    }

    void put(K key, T value) {
        rows.put(key, FORMAT_PREFIX.plus(RecordCodec.encode(value)).toArray());
    }

    void remove(K key) {
        rows.remove(key);
    }

    /** See {@link Table#ceiling}. */
    @Nullable
    K ceiling(K key) {
        return rows.ceiling(key);
    }

    /** See {@link Table#scan}. */
    void scan(K from, BiPredicate<K, T> visitor) {
        rows.scan(from, (key, row) -> visitor.test(key, decode(row)));
    }

    long size() {
        return rows.size();
    }

    private T decode(byte[] row) {
        if (row.length == 0 || row[0] != FORMAT) {
            throw new MalformedRecord("a row has a format that this build does not know");
        }
        return RecordCodec.decode(Bytes.owned(row).slice(1, row.length), type);
    }
}
