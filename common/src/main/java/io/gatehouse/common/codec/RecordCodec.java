package io.gatehouse.common.codec;

import io.gatehouse.common.crypto.Bytes;
import java.time.DateTimeException;

/**
 * Records to bytes and back. Components may be text, {@link Bytes}, boolean, int, long, {@link java.time.Instant},
 * {@link java.time.Duration}, enums, lists, maps with text keys, public records and sealed interfaces of such; any
 * reference may be null.
 */
public final class RecordCodec {
    private RecordCodec() {}

    public static Bytes encode(Record value) {
        WireWriter out = new WireWriter();
        Forms.of(value.getClass()).write(value, out);
        return out.toBytes();
    }

    /** @throws MalformedRecord where the bytes are no such record */
    public static <T extends Record> T decode(Bytes bytes, Class<T> type) {
        WireReader in = new WireReader(bytes);
        try {
            T value = type.cast(Forms.of(type).read(in));
            if (!in.atEnd()) {
                throw new MalformedRecord("bytes are left over");
            }
            return value;
        } catch (DateTimeException | ArithmeticException outOfRange) {
            throw new MalformedRecord("a number is out of range");
        }
    }

    /** Builds the form now, so that a type which has none fails at start and not at its first use. */
    public static void prepare(Class<? extends Record> type) {
        Forms.of(type);
    }
}
