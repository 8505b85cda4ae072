package io.gatehouse.common.verify;

import io.gatehouse.common.message.Revocations.Page;
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

    /** @return whether the next line of that log is known as well, and none is missing between */
    synchronized boolean append(List<SequencedDenial> next) {
        for (SequencedDenial line : next) {
            if (line.sequence() > head + 1) {
                return false;
            }
            if (line.sequence() == head + 1) {
                keep(line);
                head = line.sequence();
            }
        }
        return true;
    }

    /**
     * What was read of the log.
     *
     * @param after that it was read behind; 0: it begins anew, whatever was known
     */
    synchronized void take(long after, Page page) {
        if (after == 0 || after > head || !page.incarnation().equals(incarnation)) {
            lines.clear();
            incarnation = page.incarnation();
            floor = after;
            head = after;
        }
        // More may have been appended meanwhile.
        page.denials().stream().filter(line -> line.sequence() > head).forEach(this::keep);
        head = Math.max(head, page.upTo());
    }

    private void keep(SequencedDenial line) {
        lines.add(line);
        if (lines.size() > most) {
            floor = lines.remove().sequence();
        }
    }

    /** As the log itself would answer; null: not all that is asked for is here. */
    synchronized @Nullable Page after(long number, int limit) {
        if (number < floor || number > head || limit < 1) {
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
