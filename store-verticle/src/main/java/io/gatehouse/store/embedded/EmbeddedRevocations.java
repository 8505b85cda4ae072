package io.gatehouse.store.embedded;

import io.gatehouse.common.message.Revocations.Page;
import io.gatehouse.common.message.Revocations.Read;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.store.Store;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

final class EmbeddedRevocations implements Store.Revocations {
    /** A page holds up everybody else for some milliseconds at most. */
    private static final int LONGEST_PAGE = 5_000;

    private final Writer writer;
    private final DenialLog log;
    private final String incarnation;

    EmbeddedRevocations(Writer writer, DenialLog log, String incarnation) {
        this.writer = writer;
        this.log = log;
        this.incarnation = incarnation;
    }

    @Override
    public String incarnation() {
        return incarnation;
    }

    @Override
    public Future<List<SequencedDenial>> deny(Denial denial, Instant now) {
        return writer.submit(tables -> log.append(tables, denial, now));
    }

    @Override
    public Future<Page> read(Read request, Instant now) {
        return writer.submit(tables -> read(tables, request, now));
    }

    private Page read(Tables tables, Read request, Instant now) {
        long head = log.last(tables);
        int limit = Math.clamp(request.limit(), 0, LONGEST_PAGE);
        if (request.after() >= head || limit == 0) {
            return new Page(incarnation, head, Math.min(request.after(), head), List.of());
        }
        List<Long> seen = new ArrayList<>();
        List<SequencedDenial> page = new ArrayList<>();
        tables.denials.scan(request.after() + 1, (sequence, denial) -> {
            seen.add(sequence);
            if (now.isBefore(denial.expiresAt())) {
                page.add(new SequencedDenial(sequence, denial));
            }
            return seen.size() < LONGEST_PAGE && page.size() < limit;
        });
        boolean stoppedEarly = seen.size() == LONGEST_PAGE || page.size() == limit;
        return new Page(incarnation, head, stoppedEarly ? seen.getLast() : head, page);
    }
}
