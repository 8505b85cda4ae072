package io.gatehouse.store.embedded;

import io.gatehouse.common.model.AuthorizationCode;
import io.gatehouse.store.CodeRules;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes what has expired, in rounds of small slices. Nothing depends on it but the size of the file: whoever reads a
 * row looks at its expiry.
 */
final class Sweep {
    private static final int SLICE = 512;
    private static final int PHASES = 4;
    private static final byte[] START = {};
    /** Clocks of nodes differ. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final DenialLog log;
    private byte[] grant = START;
    private long denial;
    private final ExpiryScan<AuthorizationCode> codes = new ExpiryScan<>();
    private final ExpiryScan<Long> spent = new ExpiryScan<>();
    private int phase;

    Sweep(DenialLog log) {
        this.log = log;
    }

    /** @return whether the round is over */
    boolean slice(Tables tables, Instant now) {
        boolean over = switch (phase) {
            case 0 -> grants(tables, now);
            case 1 -> codes(tables, now);
            case 2 -> spent(tables, now);
            default -> denials(tables, now);
        };
        phase = over ? (phase + 1) % PHASES : phase;
        return over && phase == 0;
    }

    private boolean codes(Tables tables, Instant now) {
        return codes.slice(
                SLICE,
                tables.codes::scan,
                code -> now.isAfter(code.expiresAt().plus(CodeRules.TOMBSTONE).plus(SKEW)),
                tables.codes::remove);
    }

    private boolean spent(Tables tables, Instant now) {
        long garbageBefore = now.minus(SKEW).toEpochMilli();
        return spent.slice(SLICE, tables.spent::scan, until -> until < garbageBefore, tables.spent::remove);
    }

    /** Ids begin with the day of expiry: behind a tenant's first unexpired day there is nothing to do. */
    private boolean grants(Tables tables, Instant now) {
        long today = LocalDate.ofInstant(now.minus(SKEW), ZoneOffset.UTC).toEpochDay();
        for (int step = 0; step < SLICE; step++) {
            byte[] key = tables.grants.ceiling(grant);
            if (key == null) {
                grant = START;
                return true;
            }
            if (RowKey.expiryDay(key) < today) {
                tables.grants.remove(key);
                grant = key;
            } else {
                grant = RowKey.behindTenantOf(key);
            }
        }
        return false;
    }

    private boolean denials(Tables tables, Instant now) {
        List<Long> seen = new ArrayList<>();
        List<Long> expired = new ArrayList<>();
        tables.denials.scan(denial, (sequence, line) -> {
            seen.add(sequence);
            if (!now.isBefore(line.expiresAt())) {
                expired.add(sequence);
            }
            return seen.size() < SLICE;
        });
        expired.forEach(sequence -> log.drop(tables, sequence));
        boolean done = seen.size() < SLICE;
        denial = done ? 0 : seen.getLast() + 1;
        return done;
    }
}
