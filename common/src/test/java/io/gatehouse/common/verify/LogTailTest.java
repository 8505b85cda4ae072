package io.gatehouse.common.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.message.Revocations.Page;
import io.gatehouse.common.message.Samples;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.SequencedDenial;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is told of the log from memory is what the log itself would tell, or nothing. */
class LogTailTest {
    private static final int MOST = 5;
    private final LogTail tail = new LogTail(MOST);

    private static List<SequencedDenial> lines(long... numbers) {
        return LongStream.of(numbers)
                .mapToObj(number -> new SequencedDenial(number, Samples.of(Denial.class)))
                .toList();
    }

    private static Page page(long head, long upTo, long... numbers) {
        return new Page("first", head, upTo, lines(numbers));
    }

    private void assertTold(long after, int limit, long upTo, long... numbers) {
        assertThat(tail.after(after, limit)).isEqualTo(page(tail.head(), upTo, numbers));
    }

    @Test
    void nothingIsKnownBeforeTheLogWasRead() {
        assertThat(tail.incarnation()).isEmpty();
        assertThat(tail.after(1, 10)).isNull();
    }

    @Test
    void whatWasReadAndWhatWasAppendedIsToldInOrder() {
        tail.take(page(3, 3, 1, 3));
        assertThat(tail.append("first", lines(4, 5))).isTrue();

        assertTold(0, 10, 5, 1, 3, 4, 5);
        assertTold(3, 10, 5, 4, 5);
        assertTold(5, 10, 5);
    }

    @Test
    void anAnswerHoldsNoMoreThanItMay() {
        tail.take(page(4, 4, 1, 2, 4));
        assertTold(0, 2, 2, 1, 2);
        assertTold(2, 2, 4, 4);
        assertThat(tail.after(0, 0)).isNull();
    }

    @Test
    void beyondItsEndItKnowsNothing() {
        tail.take(page(2, 2, 1, 2));
        assertThat(tail.after(3, 10)).isNull();
    }

    @Test
    void aLineAfterAGapIsNotKnown() {
        tail.take(page(2, 2, 2));
        assertThat(tail.append("first", lines(3, 5))).isFalse();

        assertThat(tail.head()).isEqualTo(3);
        assertTold(0, 10, 3, 2, 3);
    }

    @Test
    void aLineThatIsKnownIsNotKeptTwice() {
        tail.take(page(2, 2, 1, 2));
        assertThat(tail.append("first", lines(1, 2, 3, 2, 3))).isTrue();
        tail.take(page(3, 3, 3));
        assertTold(0, 10, 3, 1, 2, 3);
    }

    @Test
    void theOldestAreForgottenAndThatIsKnown() {
        tail.take(page(4, 4, 1, 2, 3, 4));
        tail.append("first", lines(5, 6, 7));

        assertThat(tail.after(1, 10)).isNull();
        assertTold(2, 10, 7, 3, 4, 5, 6, 7);
    }

    @Test
    void whatCameWhileItWasReadIsNotLost() {
        tail.take(page(2, 2, 1, 2));
        tail.append("first", lines(3, 4));
        tail.take(page(3, 3, 3));

        assertThat(tail.head()).isEqualTo(4);
        assertTold(2, 10, 4, 3, 4);
    }

    @Test
    void whatWasAppendedWhileAnEmptyLogWasReadIsNotLost() {
        tail.take(page(0, 0));
        tail.append("first", lines(1, 2));
        tail.take(page(1, 1, 1));

        assertThat(tail.head()).isEqualTo(2);
        assertTold(0, 10, 2, 1, 2);
    }

    @Test
    void afterItForgotItBeginsAnew() {
        tail.take(page(4, 4, 1, 2, 3, 4));
        tail.forget();
        assertThat(tail.incarnation()).isEmpty();
        assertThat(tail.after(0, 10)).isNull();
        tail.take(page(2, 2, 1, 2));

        assertThat(tail.head()).isEqualTo(2);
        assertTold(0, 10, 2, 1, 2);
    }

    @Test
    void theLinesOfAnotherLogAreNotMixed() {
        tail.take(page(2, 2, 1, 2));
        tail.take(new Page("second", 1, 1, lines(1)));

        assertThat(tail.incarnation()).isEqualTo("second");
        assertThat(tail.after(0, 10)).isEqualTo(new Page("second", 1, 1, lines(1)));
    }

    @Test
    void aLineOfAnotherLogIsNotAppended() {
        tail.take(page(2, 2, 1, 2));
        assertThat(tail.append("second", lines(3, 5))).isTrue();
        assertTold(0, 10, 2, 1, 2);
    }

    @Test
    void aNumberThatIsGivenASecondTimeEndsWhatIsKnown() {
        tail.take(page(2, 2, 1, 2));
        Denial again = new Denial("main", Denial.Kind.KEY, "again", 0, "", Instant.parse("2100-01-01T00:00:00Z"));
        assertThat(tail.append("first", List.of(new SequencedDenial(2, again)))).isFalse();

        assertThat(tail.incarnation()).isEmpty();
        assertThat(tail.after(0, 10)).isNull();
    }

    @Test
    void aLogReadPageByPageIsOne() {
        tail.take(page(4, 2, 1, 2));
        assertThat(tail.after(1, 10)).as("what is not at its end yet").isNull();
        tail.take(page(4, 4, 3, 4));
        assertTold(1, 10, 4, 2, 3, 4);
    }
}
