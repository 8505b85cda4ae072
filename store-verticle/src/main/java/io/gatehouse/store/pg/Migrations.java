package io.gatehouse.store.pg;

import io.gatehouse.common.config.PostgresUri;
import io.gatehouse.common.config.StoreConfig;
import io.gatehouse.store.SchemaChange;
import io.gatehouse.store.UnusableStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;

/** Brings a database's schema up to date, or sees whether it is: any number of nodes may do so at once. */
public final class Migrations {
    /** One lock for all nodes, of this database only; the number means nothing. */
    private static final String LOCK = """
            SET lock_timeout = '60s';
            SELECT pg_advisory_lock(7162549033)""";

    private final PostgresUri uri;
    private final List<Migration> known;
    private final Link link;

    private Migrations(PostgresUri uri, List<Migration> known, Link link) {
        this.uri = uri;
        this.known = known;
        this.link = link;
    }

    /**
     * Applies what is missing.
     *
     * @return fails with {@link UnusableStore}
     */
    public static Future<SchemaChange> apply(Vertx vertx, StoreConfig config) {
        return apply(vertx, config.postgres(), Migration::all);
    }

    /**
     * What a start does: applies what is missing, or refuses to start without it.
     *
     * @return fails with {@link UnusableStore}
     */
    static Future<SchemaChange> prepare(Vertx vertx, StoreConfig config) {
        return config.migrate() ? apply(vertx, config) : demand(vertx, config);
    }

    /** Applies nothing; fails with {@link UnusableStore} where something is missing. */
    static Future<SchemaChange> demand(Vertx vertx, StoreConfig config) {
        return on(vertx, config.postgres(), Migration::all, Migrations::demand);
    }

    static Future<SchemaChange> apply(Vertx vertx, PostgresUri uri, Source source) {
        return on(vertx, uri, source, Migrations::applyMissing);
    }

    /** Where the steps come from; may block. */
    interface Source {
        List<Migration> read();
    }

    private interface Work {
        Future<SchemaChange> with(Migrations migrations);
    }

    // On a connection of its own: a step may take longer than a request, and the lock lives as long as the connection.
    private static Future<SchemaChange> on(Vertx vertx, PostgresUri uri, Source source, Work work) {
        return vertx.executeBlocking(source::read, false)
                .compose(known -> Connector.to(uri, vertx)
                        .compose(Connector::connect)
                        .compose(link ->
                                work.with(new Migrations(uri, known, link)).eventually(link::close)))
                .recover(cause -> Future.failedFuture(StartFaults.explain(cause, uri)));
    }

    private Future<SchemaChange> demand() {
        return SchemaHistory.read(link).map(history -> {
            List<Migration> missing = missing(history);
            if (missing.isEmpty()) {
                return new SchemaChange(List.of(), SchemaHistory.last(history));
            }
            throw refuse("misses step " + named(missing.getFirst())
                    + " of its schema: run `gatehouse store migrate`, or set store.migrate to true");
        });
    }

    // Looked at without the lock first: nearly every start finds nothing to do, and need not be allowed to.
    private Future<SchemaChange> applyMissing() {
        return SchemaHistory.read(link).compose(history -> {
            if (missing(history).isEmpty()) {
                return Future.succeededFuture(new SchemaChange(List.of(), SchemaHistory.last(history)));
            }
            return link.script(LOCK)
                    .compose(locked -> SchemaHistory.create(link))
                    .compose(made -> SchemaHistory.read(link))
                    .compose(current -> applyAll(missing(current), current));
        });
    }

    private Future<SchemaChange> applyAll(List<Migration> missing, Map<Integer, SchemaHistory.Entry> history) {
        Future<Void> applied = Future.succeededFuture();
        for (Migration step : missing) {
            applied = applied.compose(done -> apply(step));
        }
        int last = missing.isEmpty()
                ? SchemaHistory.last(history)
                : missing.getLast().version();
        return applied.map(
                new SchemaChange(missing.stream().map(Migration::title).toList(), last));
    }

    // What fails ends the connection, and with it the transaction.
    private Future<Void> apply(Migration step) {
        long start = System.nanoTime();
        return link.script("BEGIN")
                .compose(begun -> link.script(step.sql()))
                .compose(done -> SchemaHistory.add(link, step, (System.nanoTime() - start) / 1_000_000))
                .compose(noted -> link.script("COMMIT"))
                .mapEmpty();
    }

    /** @throws UnusableStore where what is applied isn't what this build knows */
    private List<Migration> missing(Map<Integer, SchemaHistory.Entry> history) {
        List<Migration> missing = known.stream()
                .filter(step -> !history.containsKey(step.version()))
                .toList();
        known.stream().filter(step -> history.containsKey(step.version())).forEach(step -> compare(step, history));
        if (!missing.isEmpty() && missing.getFirst().version() < SchemaHistory.last(history)) {
            throw refuse("has step " + SchemaHistory.last(history) + " of its schema, but not step "
                    + named(missing.getFirst()) + ": restore it from a copy, or name an empty database");
        }
        return missing;
    }

    private void compare(Migration step, Map<Integer, SchemaHistory.Entry> history) {
        SchemaHistory.Entry entry = history.get(step.version());
        if (entry != null && !entry.complete()) {
            throw refuse("was left in the middle of step " + named(step)
                    + " of its schema by another tool: restore it from a copy");
        }
        if (entry != null && entry.checksum() != step.checksum()) {
            throw refuse("was made with another step " + named(step) + " than this build has (checksum "
                    + entry.checksum() + ", here " + step.checksum()
                    + "): start the build that made it, or name an empty database");
        }
    }

    private static String named(Migration step) {
        return step.version() + " (" + step.description() + ")";
    }

    private UnusableStore refuse(String reason) {
        return new UnusableStore("The database " + uri.place() + " " + reason, null);
    }
}
