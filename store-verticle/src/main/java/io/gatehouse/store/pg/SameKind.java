package io.gatehouse.store.pg;

import io.gatehouse.store.UnusableStore;
import io.vertx.core.Future;

/**
 * Keeps nodes with Redis and nodes without from one database: each kind would not know what the other has spent. Each
 * connection holds a lock of its kind, and then looks for one of the other.
 */
final class SameKind {
    /** Of this database only; the number means nothing. */
    private static final int LOCK = 716_254;

    private static final int WITHOUT = 1;
    private static final int WITH = 2;

    private final String place;
    private final boolean redis;

    /** @param place of the database, for people */
    SameKind(String place, boolean redis) {
        this.place = place;
        this.redis = redis;
    }

    /** What a node's connection does; fails with {@link UnusableStore} where nodes of the other kind are at work. */
    Future<Void> share(Link link) {
        int own = redis ? WITH : WITHOUT;
        int other = redis ? WITHOUT : WITH;
        return link.script("SELECT pg_advisory_lock_shared(" + LOCK + ", " + own + ")")
                .compose(locked -> link.script("""
                        SELECT count(*) FROM pg_locks
                        WHERE locktype = 'advisory' AND granted AND classid = %d AND objid = %d
                            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                        """.formatted(LOCK, other)))
                .map(rows -> {
                    if (rows.iterator().next().getLong(0) > 0) {
                        throw refusal();
                    }
                    return null;
                });
    }

    private UnusableStore refusal() {
        return new UnusableStore(
                "The database " + place + " is in use by nodes " + (redis ? "without" : "with")
                        + " Redis: give all nodes the same store.redis, or none",
                null);
    }
}
