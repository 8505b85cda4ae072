package io.gatehouse.store.pg;

import io.gatehouse.common.codec.MalformedRecord;
import io.gatehouse.common.codec.RecordCodec;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values of columns, from and to ours. Readers name the column; a null where none may be is a defect. */
final class Cells {
    private static final byte FORMAT = 1;

    private Cells() {}

    /**
     * Names in a list of SELECT.
     *
     * @param row alias of a table, or a column that holds a whole row
     * @return {@code (row).column AS row_column, ...}
     */
    static String select(String row, String... columns) {
        return Arrays.stream(columns)
                .map(column -> "(" + row + ")." + column + " AS " + row + "_" + column)
                .collect(Collectors.joining(", "));
    }

    static Buffer of(Bytes bytes) {
        return Buffer.buffer(bytes.toArray());
    }

    static @Nullable Buffer orNull(@Nullable Bytes bytes) {
        return bytes == null ? null : of(bytes);
    }

    static Buffer of(Digest digest) {
        return of(digest.value());
    }

    /** A byte that names the format, then the encoded record. */
    static Buffer of(Record value) {
        return Buffer.buffer()
                .appendByte(FORMAT)
                .appendBytes(RecordCodec.encode(value).toArray());
    }

    /** See {@link #of(Record)}. */
    static <T extends Record> T record(Row row, String column, Class<T> type) {
        Bytes bytes = bytes(row, column);
        if (bytes.length() == 0 || bytes.at(0) != FORMAT) {
            throw new MalformedRecord("a row has a format that this build does not know");
        }
        return RecordCodec.decode(bytes.slice(1, bytes.length()), type);
    }

    static Bytes bytes(Row row, String column) {
        return Objects.requireNonNull(bytesOrNull(row, column), column);
    }

    static @Nullable Bytes bytesOrNull(Row row, String column) {
        Buffer buffer = row.getBuffer(column);
        return buffer == null ? null : Bytes.owned(buffer.getBytes());
    }

    static Digest digest(Row row, String column) {
        return new Digest(bytes(row, column));
    }

    static Digest digest(Buffer cell) {
        return new Digest(Bytes.owned(cell.getBytes()));
    }

    static @Nullable Digest digestOrNull(Row row, String column) {
        Bytes bytes = bytesOrNull(row, column);
        return bytes == null ? null : new Digest(bytes);
    }

    static long number(Row row, String column) {
        return Objects.requireNonNull(row.getLong(column), column);
    }

    static boolean flag(Row row, String column) {
        return Objects.requireNonNull(row.getBoolean(column), column);
    }

    static String text(Row row, String column) {
        return Objects.requireNonNull(row.getString(column), column);
    }

    static Instant instant(Row row, String column) {
        return Nanos.instant(number(row, column));
    }

    static @Nullable Instant instantOrNull(Row row, String column) {
        Long nanos = row.getLong(column);
        return nanos == null ? null : Nanos.instant(nanos);
    }
}
