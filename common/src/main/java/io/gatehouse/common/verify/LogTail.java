package io.gatehouse.common.verify;

import io.gatehouse.common.message.Revocations.Page;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.SequencedDenial;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the revocation log is known without a gap, and its latest lines, for who asks what came since. Safe to share between
 * threads.
 */
final class LogTail {
    private final int most;
    private final Deque<SequencedDenial> lines = new ArrayDeque<>();
    private volatile String incarnation = "";
    private volatile long head;
    /** All lines behind this one, up to the head, are here. */
    private long floor;
    /** Whether it was read to its end since it was read from its start: before that its head is older than what was told before. */
    private boolean whole;

    /** @param most lines that are kept */
    LogTail(int most) {
        this.most = most;
    }

    /** Of the log that is known; empty: none is. */
    String incarnation() {
        return incarnation;
    }

    /** The number of the last line that is known without a gap. */
    long head() {
        return head;
    }

    /**
     * What was pushed: of another log it says nothing here.
     *
     * @return false: the log has to be read; a line is missing, or what was known is of a history that is no more
     */
    synchronized boolean append(String from, List<SequencedDenial> next) {
        return !from.equals(incarnation) || next.stream().allMatch(this::append);
    }

    private boolean append(SequencedDenial line) {
        if (line.sequence() <= head) {
            return fits(line);
        }
        if (line.sequence() > head + 1) {
            return false;
        }
        keep(line);
        head = line.sequence();
        return true;
    }

    /** A log that lost its end gives its numbers a second time: it may be further by now than before, so that no number tells. */
    private boolean fits(SequencedDenial line) {
        boolean other = lines.stream()
                .anyMatch(known -> known.sequence() == line.sequence() && isOther(known.denial(), line.denial()));
        if (other) {
            forget();
        }
        return !other;
    }

    private static boolean isOther(Denial one, Denial other) {
        return one.kind() != other.kind()
                || !one.tenant().equals(other.tenant())
                || !one.key().equals(other.key());
    }

    /** What was read of the log, behind what is known; of another log, or after {@link #forget}: from its start. */
    synchronized void take(Page page) {
        if (!page.incarnation().equals(incarnation)) {
            forget();
            incarnation = page.incarnation();
        }
        // More may have been appended meanwhile.
        page.denials().stream().filter(line -> line.sequence() > head).forEach(this::keep);
        head = Math.max(head, page.upTo());
        whole = whole || page.upTo() >= page.head();
    }

    /** That its numbers say nothing any more: nothing is told until all was read from the start. */
    synchronized void forget() {
        lines.clear();
        incarnation = "";
        whole = false;
        floor = 0;
        head = 0;
    }

    private void keep(SequencedDenial line) {
        lines.add(line);
        if (lines.size() > most) {
            floor = lines.remove().sequence();
        }
    }

    /** As the log itself would answer; null: not all that is asked for is here. */
    synchronized @Nullable Page after(long number, int limit) {
        if (!whole || number < floor || number > head || limit < 1) {
            return null;
        }
        List<SequencedDenial> behind = lines.stream()
                .filter(line -> line.sequence() > number)
                .limit(limit)
                .toList();
        long upTo = behind.size() == limit ? behind.getLast().sequence() : head;
        return new Page(incarnation, head, upTo, behind);
    }
}
