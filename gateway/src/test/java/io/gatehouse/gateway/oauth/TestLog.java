package io.gatehouse.gateway.oauth;

import io.gatehouse.common.message.Event;
import io.gatehouse.common.message.Revocations;
import io.gatehouse.common.message.Revocations.Page;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.SequencedDenial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A revocation log as the store keeps it. */
public final class TestLog {
    private String incarnation = "first";
    private List<SequencedDenial> lines = new ArrayList<>();
    private int pageSize = Integer.MAX_VALUE;

    static Denial denial(Denial.Kind kind, String key, long epoch) {
        return new Denial("main", kind, key, epoch, "", TestClock.START.plus(Duration.ofMinutes(70)));
    }

    /** @param epoch of the consent, now that it was withdrawn */
    static Denial withdrawal(String subject, String clientId, long epoch) {
        return new Denial(
                "main", Denial.Kind.CONSENT, subject, epoch, clientId, TestClock.START.plus(Duration.ofMinutes(70)));
    }

    synchronized SequencedDenial append(Denial denial) {
        SequencedDenial line = new SequencedDenial(lines.size() + 1L, denial);
        lines.add(line);
        return line;
    }

    /** Tells of one more line. */
    public Event deny(Denial.Kind kind, String key) {
        return push(append(denial(kind, key, 0)));
    }

    public SequencedDenial append(String jti) {
        return append(denial(Denial.Kind.TOKEN, jti, 0));
    }

    synchronized void pagesOf(int size) {
        pageSize = size;
    }

    /** As after a restore from a copy that holds the first lines only. */
    synchronized void restore(String newIncarnation, int keep) {
        incarnation = newIncarnation;
        lines = new ArrayList<>(lines.subList(0, keep));
    }

    synchronized Page read(Revocations.Read read) {
        int from = (int) Math.min(read.after(), lines.size());
        int most = Math.min(read.limit(), pageSize);
        List<SequencedDenial> page = List.copyOf(lines.subList(from, from + Math.min(most, lines.size() - from)));
        long upTo = page.isEmpty() ? lines.size() : page.getLast().sequence();
        return new Page(incarnation, lines.size(), upTo, page);
    }

    synchronized Event heartbeat() {
        return new Event.Heartbeat(incarnation, lines.size());
    }

    public synchronized Event push(SequencedDenial... pushed) {
        return new Event.Denied(incarnation, List.of(pushed));
    }
}
