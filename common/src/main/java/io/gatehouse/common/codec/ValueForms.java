package io.gatehouse.common.codec;

import io.gatehouse.common.crypto.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The types that are written as themselves, not as records. */
final class ValueForms {
    private static final long MAX_NANOS = 999_999_999;

    static final Map<Class<?>, Form> BY_TYPE = Map.of(
            String.class, form(String.class, (v, out) -> out.text(v), WireReader::text, null),
            Bytes.class, form(Bytes.class, (v, out) -> out.bytes(v), WireReader::bytes, null),
            boolean.class, form(Boolean.class, (v, out) -> out.put((byte) (v ? 1 : 0)), ValueForms::readBoolean, false),
            int.class, form(Integer.class, (v, out) -> out.zigzag(v), in -> Math.toIntExact(in.zigzag()), 0),
            long.class, form(Long.class, (v, out) -> out.zigzag(v), WireReader::zigzag, 0L),
            Instant.class, form(Instant.class, ValueForms::writeInstant, ValueForms::readInstant, null),
            Duration.class, form(Duration.class, ValueForms::writeDuration, ValueForms::readDuration, null));

    private ValueForms() {}

    private static boolean readBoolean(WireReader in) {
        return upTo(1, in) == 1;
    }

    private static void writeInstant(Instant value, WireWriter out) {
        out.zigzag(value.getEpochSecond());
        out.varint(value.getNano());
    }

    private static Instant readInstant(WireReader in) {
        return Instant.ofEpochSecond(in.zigzag(), upTo(MAX_NANOS, in));
    }

    private static void writeDuration(Duration value, WireWriter out) {
        out.zigzag(value.getSeconds());
        out.varint(value.getNano());
    }

    private static Duration readDuration(WireReader in) {
        return Duration.ofSeconds(in.zigzag(), upTo(MAX_NANOS, in));
    }

    private static long upTo(long max, WireReader in) {
        long value = in.varint();
        if (value < 0 || value > max) {
            throw new MalformedRecord("a number is out of range");
        }
        return value;
    }

    private static <T> Form form(
            Class<T> type, BiConsumer<T, WireWriter> writer, Function<WireReader, T> reader, @Nullable T missing) {
        return new Form() {
            @Override
            public void write(Object value, WireWriter out) {
                writer.accept(type.cast(value), out);
            }

            @Override
            public Object read(WireReader in) {
                return reader.apply(in);
            }

            @Override
            public @Nullable Object missing() {
                return missing;
            }
        };
    }
}
