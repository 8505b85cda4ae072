package io.gatehouse.store.embedded;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.Denial.Kind;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.store.Denials;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The log of denials: numbered, one line per thing denied, and bounded. Numbers are given on the writer thread, so they
 * follow the order of commits.
 */
final class DenialLog {
    private static final String LAST = "denials.last";

    /** More tokens of one grant than anybody revokes one by one: the grant goes. */
    private static final int TOKENS_OF_GRANT = 32;

    private final Bounds bounds;

    DenialLog(Bounds bounds) {
        this.bounds = bounds;
    }

    /**
     * @param lines there may be at all
     * @param linesOfClient about tokens and grants of one client; more fold into the client's epoch
     */
    record Bounds(long lines, long linesOfClient) {
        static final Bounds STANDARD = new Bounds(1_000_000, 20_000);
    }

    long last(Tables tables) {
        String last = tables.facts.get(LAST);
        return last == null ? 0 : Long.parseLong(last);
    }

    /** Like {@link io.gatehouse.store.Store.Revocations#deny}; {@code Unavailable} where the log is full. */
    List<SequencedDenial> append(Tables tables, Denial denial, Instant now) {
        if (!now.isBefore(denial.expiresAt())) {
            return List.of();
        }
        SequencedDenial line = line(tables, key(denial));
        if (line != null && says(line.denial(), denial)) {
            return List.of(line);
        }
        String gid = denial.gid();
        if (gid != null && count(tables, grantKey(denial, gid)) >= TOKENS_OF_GRANT) {
            return append(tables, Denials.ofGrant(denial, gid, now), now);
        }
        if (mustFold(tables, denial)) {
            Client client = tables.client(denial.tenant(), denial.clientId());
            if (client != null && !client.isPublic()) {
                return List.of(fold(tables, client, now));
            }
            refuseMore(client, denial);
        }
        if (line == null && tables.denials.size() >= bounds.lines()) {
            throw new OAuthError.Unavailable("revocation log").failure();
        }
        return List.of(write(tables, line == null ? denial : both(line.denial(), denial)));
    }

    /** A public client's name shows nothing: one of its users must not be able to end what the others have. */
    private static void refuseMore(@Nullable Client client, Denial denial) {
        if (client != null && denial.kind() == Kind.TOKEN) {
            throw new OAuthError.Throttled(Duration.ofMinutes(1)).failure();
        }
    }

    private static @Nullable SequencedDenial line(Tables tables, byte[] key) {
        Long sequence = tables.denialKeys.get(key);
        Denial denial = sequence == null ? null : tables.denials.get(sequence);
        return sequence == null || denial == null ? null : new SequencedDenial(sequence, denial);
    }

    /** Whoever read the line knows all that the wanted one would tell. */
    private static boolean says(Denial line, Denial wanted) {
        return line.epoch() >= wanted.epoch() && !line.expiresAt().isBefore(wanted.expiresAt());
    }

    private static Denial both(Denial line, Denial wanted) {
        return new Denial(
                wanted.tenant(),
                wanted.kind(),
                wanted.key(),
                Math.max(line.epoch(), wanted.epoch()),
                wanted.clientId(),
                line.expiresAt().isAfter(wanted.expiresAt()) ? line.expiresAt() : wanted.expiresAt(),
                wanted.gid());
    }

    private boolean mustFold(Tables tables, Denial denial) {
        if (!isCounted(denial)) {
            return false;
        }
        long lines = count(tables, clientKey(denial));
        return lines >= bounds.linesOfClient() || (lines > 0 && tables.denials.size() >= bounds.lines());
    }

    /** One line that denies the client's whole generation takes the place of all lines about it. */
    private SequencedDenial fold(Tables tables, Client client, Instant now) {
        Client next = ClientRow.nextEpoch(client, client.disabled());
        byte[] prefix = RowKey.of(client.tenant(), client.clientId());
        List<Long> lines = new ArrayList<>();
        tables.denialKeys.scan(prefix, (key, sequence) -> RowKey.startsWith(key, prefix) && lines.add(sequence));
        lines.forEach(sequence -> drop(tables, sequence));
        tables.put(next);
        return write(tables, Denials.of(next, now));
    }

    /** The new line takes the place of one about the same thing, and has a new number, so that readers see it. */
    private SequencedDenial write(Tables tables, Denial denial) {
        Long replaced = tables.denialKeys.get(key(denial));
        if (replaced != null) {
            drop(tables, replaced);
        }
        long sequence = last(tables) + 1;
        continueBehind(tables, sequence);
        SequencedDenial line = new SequencedDenial(sequence, denial);
        add(tables, line);
        return line;
    }

    private static void add(Tables tables, SequencedDenial line) {
        tables.denials.put(line.sequence(), line.denial());
        tables.denialKeys.put(key(line.denial()), line.sequence());
        addToCount(tables, line.denial(), 1);
    }

    void continueBehind(Tables tables, long last) {
        tables.facts.put(LAST, Long.toString(last));
    }

    /** Writes a line of another log under the number it had there. */
    void restore(Tables tables, SequencedDenial line) {
        drop(tables, line.sequence());
        add(tables, line);
    }

    void drop(Tables tables, long sequence) {
        Denial denial = tables.denials.get(sequence);
        if (denial != null) {
            tables.denials.remove(sequence);
            tables.denialKeys.remove(key(denial));
            addToCount(tables, denial, -1);
        }
    }

    private static void addToCount(Tables tables, Denial denial, long difference) {
        if (isCounted(denial)) {
            addToCount(tables, clientKey(denial), difference);
        }
        if (denial.gid() != null) {
            addToCount(tables, grantKey(denial, denial.gid()), difference);
        }
    }

    private static void addToCount(Tables tables, byte[] key, long difference) {
        long count = count(tables, key) + difference;
        if (count == 0) {
            tables.denialCounts.remove(key);
        } else {
            tables.denialCounts.put(key, count);
        }
    }

    private static byte[] clientKey(Denial denial) {
        return RowKey.of(denial.tenant(), denial.clientId());
    }

    private static byte[] grantKey(Denial denial, String gid) {
        return RowKey.of(denial.tenant(), denial.clientId(), gid);
    }

    private static long count(Tables tables, byte[] key) {
        Long count = tables.denialCounts.get(key);
        return count == null ? 0 : count;
    }

    private static boolean isCounted(Denial denial) {
        return denial.kind() == Kind.TOKEN || denial.kind() == Kind.GRANT;
    }

    private static byte[] key(Denial denial) {
        return RowKey.of(denial.tenant(), denial.clientId(), denial.kind().name(), denial.key());
    }
}
