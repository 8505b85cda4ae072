package io.gatehouse.store.pg;

import io.gatehouse.common.config.PostgresUri;
import io.gatehouse.common.config.StoreConfig;
import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.store.GrantTimes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * The way to a {@link PgStore}: a schema that fits, connections that greet the database, and what runs beside them.
 *
 * @param demo whether it is to hold demo data
 * @param clock decides what may be swept
 * @param tap what every statement passes
 */
record PgOpening(
        Vertx vertx,
        StoreConfig config,
        GrantTimes times,
        boolean demo,
        Clock clock,
        UnaryOperator<Statements.Server> tap) {
    /**
     * Of grants and sessions, which one statement may look at: a general plan locks them all, one a week, and a
     * connection's own room for locks has 64 places.
     */
    private static final Duration FEW_PARTITIONS = Duration.ofDays(45 * 7);

    /** Fails with {@link io.gatehouse.store.UnusableStore} where the database can't be used so. */
    Future<PgStore> run() {
        CopyLock lock = new CopyLock(place(), clock);
        SameKind kind = new SameKind(place(), config.redis() != null);
        History history = new History();
        boolean fewPartitions = longestGrant().plus(longestSession()).compareTo(FEW_PARTITIONS) <= 0;
        return Migrations.prepare(vertx, config)
                .compose(prepared ->
                        Database.open(vertx, config, fewPartitions, link -> greet(link, lock, kind, history)))
                .compose(database -> start(database, history));
    }

    private static Future<Void> greet(Link link, CopyLock lock, SameKind kind, History history) {
        return lock.share(link).compose(alone -> kind.share(link)).compose(alike -> history.observe(link));
    }

    private Future<PgStore> start(Database database, History history) {
        Statements.Server server = tap.apply(database::run);
        Partitions partitions = new Partitions(server, clock, longestGrant(), longestSession());
        Sweep sweep = new Sweep(vertx, server, partitions, clock);
        PostgresUri uri = config.postgres();
        return PgIdentity.establish(server, demo, place())
                .onSuccess(history::begin)
                .compose(incarnation -> partitions.makeAhead())
                .compose(made -> Connector.to(uri, vertx))
                .map(connector -> new DenialNotices(vertx, connector.quick(), server, place(), DenialNotices.DOUBT))
                .map(notices ->
                        new PgStore(database, new Statements(server, partitions), sweep, times, history, notices))
                .onSuccess(store -> sweep.start())
                .recover(cause ->
                        database.close().transform(closed -> Future.failedFuture(StartFaults.explain(cause, uri))));
    }

    private String place() {
        return config.postgres().place();
    }

    private Duration longestSession() {
        return times.sessions().ttl();
    }

    private Duration longestGrant() {
        return Arrays.stream(TokenFamily.values())
                .map(family -> Duration.between(Instant.EPOCH, times.end(family, Instant.EPOCH)))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
