package io.gatehouse.common.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two builds talk to each other: components are only ever added at the end. */
class EvolutionTest {
    public record Before(String name, long version) {}

    public record After(
            String name,
            long version,
            @Nullable Instant since,
            List<String> tags,
            Map<String, String> notes,
            boolean flag,
            int number) {}

    public record Wrapped1(Before inner, String last) {}

    public record Wrapped2(After inner, String last) {}

    public record Named(String name) {}

    public record Strict(String name, String required) {}

    private static final After NEW = new After("a", 7, Instant.EPOCH, List.of("x"), Map.of("k", "v"), true, 3);

    @Test
    void anOlderReaderPassesOverWhatANewerWriterAdded() {
        assertThat(read(NEW, Before.class)).isEqualTo(new Before("a", 7));
    }

    @Test
    void anOlderReaderPassesOverNewComponentsThatAreAbsent() {
        After empty = new After("a", 7, null, List.of(), Map.of(), false, 0);

        assertThat(read(empty, Before.class)).isEqualTo(new Before("a", 7));
    }

    @Test
    void aNewerReaderFillsInWhatAnOlderWriterDidNotKnow() {
        assertThat(read(new Before("a", 7), After.class))
                .isEqualTo(new After("a", 7, null, List.of(), Map.of(), false, 0));
    }

    @Test
    void recordsWithinRecordsGrowToo() {
        assertThat(read(new Wrapped2(NEW, "last"), Wrapped1.class)).isEqualTo(new Wrapped1(new Before("a", 7), "last"));
        assertThat(read(new Wrapped1(new Before("a", 7), "last"), Wrapped2.class)
                        .last())
                .isEqualTo("last");
    }

    /** So a component that is added must be nullable, a list, a map, a flag or a number. */
    @Test
    void aNewComponentThatMayNotBeNullMakesOldBytesUnreadable() {
        assertThatExceptionOfType(MalformedRecord.class)
                .isThrownBy(() -> read(new Named("a"), Strict.class))
                .withMessage("a Strict lacks its required");
    }

    private static <T extends Record> T read(Record written, Class<T> type) {
        return RecordCodec.decode(RecordCodec.encode(written), type);
    }
}
