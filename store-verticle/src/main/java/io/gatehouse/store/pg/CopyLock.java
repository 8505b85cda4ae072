package io.gatehouse.store.pg;

import io.gatehouse.store.UnusableStore;
import io.gatehouse.store.copy.CopyFacts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Keeps nodes and copies apart: each connection of a node holds a lock that is shared among them, and one that copies holds
 * it alone. So nothing is written to a source once it is frozen, not even by a node that lost its connections meanwhile.
 */
final class CopyLock {
    /** Of this database only; the number means nothing. */
    private static final String SHARE = "SELECT pg_try_advisory_lock_shared(7162549034)";

    private static final String TAKE = "SELECT pg_try_advisory_lock(7162549034)";

    static final String FACTS = "SELECT name, value FROM facts";

    /** Whose node was stopped a moment ago: the server takes its time to notice. */
    private static final int ATTEMPTS = 30;

    private static final long PAUSE_MILLIS = 100;
    private final String place;
    private final Clock clock;

    /** @param place of the database, for people */
    CopyLock(String place, Clock clock) {
        this.place = place;
        this.clock = clock;
    }

    /**
     * What a node's connection does first. The facts are read by a statement of its own: one that begins before it has the
     * lock may not see what was written under it.
     *
     * @return fails with {@link UnusableStore} where no node may work on the database
     */
    Future<Void> share(Link link) {
        return link.script(SHARE).compose(locked -> link.script(FACTS).map(rows -> check(isTrue(locked), facts(rows))));
    }

    private Void check(boolean locked, Map<String, String> facts) {
        String refusal = locked
                ? CopyFacts.refusal(facts, clock.instant())
                : "is being copied: wait until `gatehouse store copy` is done";
        if (refusal != null) {
            throw refuse(refusal);
        }
        return null;
    }

    /** What the connection of a copy does first; fails with {@link UnusableStore} where others are at work. */
    Future<Void> take(Link link, Vertx vertx) {
        return take(link, vertx, ATTEMPTS);
    }

    private Future<Void> take(Link link, Vertx vertx, int left) {
        return link.script(TAKE).compose(locked -> {
            if (isTrue(locked)) {
                return Future.succeededFuture();
            }
            return left == 1
                    ? Future.failedFuture(refuse("is in use: stop every node, and any other copy, that works on it"))
                    : vertx.timer(PAUSE_MILLIS, TimeUnit.MILLISECONDS).compose(later -> take(link, vertx, left - 1));
        });
    }

    static Map<String, String> facts(Iterable<Row> rows) {
        Map<String, String> facts = new HashMap<>();
        rows.forEach(row -> facts.put(Cells.text(row, "name"), Cells.text(row, "value")));
        return facts;
    }

    private static boolean isTrue(Iterable<Row> rows) {
        return rows.iterator().next().getBoolean(0);
    }

    private UnusableStore refuse(String reason) {
        return new UnusableStore("The database " + place + " " + reason, null);
    }
}
