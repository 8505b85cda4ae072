package io.gatehouse.store.embedded;

import io.gatehouse.common.model.AuthorizationCode;
import io.gatehouse.common.model.GrantId;
import io.gatehouse.common.model.SessionId;
import io.gatehouse.store.CodeRules;
import io.gatehouse.store.DeviceRequest;
import io.gatehouse.store.PendingLogout;
import io.gatehouse.store.PushedRequest;
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
    private static final int PHASES = 9;
    /** Clocks of nodes differ. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final DenialLog log;
    private final DayScan grants = new DayScan(GrantId.LENGTH);
    private final DayScan sessions = new DayScan(SessionId.LENGTH);
    private long denial;
    private final ExpiryScan<AuthorizationCode> codes = new ExpiryScan<>();
    private final ExpiryScan<Long> spent = new ExpiryScan<>();
    private final ExpiryScan<PendingLogout> logouts = new ExpiryScan<>();
    private final ExpiryScan<DeviceRequest> devices = new ExpiryScan<>();
    private final ExpiryScan<PushedRequest> pushedRequests = new ExpiryScan<>();
    private int phase;

    Sweep(DenialLog log) {
        this.log = log;
    }

    /** @return whether the round is over */
    boolean slice(Tables tables, Instant now) {
        boolean over = switch (phase) {
            case 0 -> grants.slice(SLICE, today(now), tables.grants::ceiling, tables.grants::remove);
            case 1 -> codes(tables, now);
            case 2 -> spent(tables, now);
            case 3 ->
                sessions.slice(SLICE, today(now), tables.sessions::ceiling, key -> SessionTable.remove(tables, key));
            case 4 -> logouts(tables, now);
            case 5 -> devices(tables, now);
            case 6 -> pushedRequests(tables, now);
            case 7 -> denials(tables, now);
            case 8 -> RegistrationTable.sweep(tables, SLICE, now.minus(SKEW)) < SLICE;
            default -> throw new IllegalStateException("no phase " + phase);
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

    private boolean logouts(Tables tables, Instant now) {
        return logouts.slice(
                SLICE,
                tables.logouts::scan,
                logout -> now.isAfter(logout.expiresAt().plus(SKEW)),
                key -> LogoutTable.remove(tables, key));
    }

    private boolean devices(Tables tables, Instant now) {
        return devices.slice(
                SLICE,
                tables.devices::scan,
                device -> now.isAfter(device.expiresAt().plus(SKEW)),
                key -> DeviceTable.remove(tables, key));
    }

    private boolean pushedRequests(Tables tables, Instant now) {
        return pushedRequests.slice(
                SLICE,
                tables.pushedRequests::scan,
                request -> now.isAfter(request.end().plus(SKEW)),
                tables.pushedRequests::remove);
    }

    private static long today(Instant now) {
        return LocalDate.ofInstant(now.minus(SKEW), ZoneOffset.UTC).toEpochDay();
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
