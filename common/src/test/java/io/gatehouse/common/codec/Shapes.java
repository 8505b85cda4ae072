package io.gatehouse.common.codec;

import io.gatehouse.common.crypto.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records of every form there is, for the tests of this package. */
public final class Shapes {
    private Shapes() {}

    public record Everything(
            String text,
            Bytes bytes,
            boolean flag,
            int number,
            long count,
            Instant at,
            Duration life,
            Colour colour,
            Point point,
            Figure figure,
            List<String> texts,
            List<Point> points,
            List<List<Integer8>> matrix,
            Map<String, Point> named) {}

    public record Nothing() {}

    /** Stands for a number in a list, which has references only. */
    public record Integer8(int value) {}

    public record Optionals(
            @Nullable String text,
            @Nullable Bytes bytes,
            @Nullable Instant at,
            @Nullable Duration life,
            @Nullable Colour colour,
            @Nullable Point point,
            @Nullable Figure figure,
            @Nullable List<String> texts,
            @Nullable Map<String, Point> named) {}

    public record Point(int x, int y) {}

    public enum Colour {
        RED,
        GREEN
    }

    public sealed interface Figure {
        record Dot(Point at) implements Figure {}

        record Circle(Point at, long radius) implements Figure {}
    }

    public record Text(String value) {}

    public record Flag(boolean value) {}

    public record Number(int value) {}

    public record Count(long value) {}

    public record At(Instant value) {}

    public record Life(Duration value) {}

    public record Texts(List<String> values) {}

    public record Dots(List<Nothing> values) {}

    public record Named(Map<String, String> values) {}

    public record Tinted(Colour value) {}

    public record Drawn(Figure value) {}

    /** Refuses what is not positive, each in another way. */
    public record Picky(int value) {
        public Picky {
            if (value == 0) {
                throw new IllegalArgumentException("zero");
            }
            if (value < 0) {
                throw new IndexOutOfBoundsException("negative");
            }
        }
    }
}
