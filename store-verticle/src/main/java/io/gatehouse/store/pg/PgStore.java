package io.gatehouse.store.pg;

import io.gatehouse.common.config.PostgresUri;
import io.gatehouse.common.config.StoreConfig;
import io.gatehouse.common.message.PartHealth;
import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.store.GrantTimes;
import io.gatehouse.store.Store;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The store in a PostgreSQL database, which any number of processes share; one object per process. */
public final class PgStore implements Store {
    /** Exact where that is cheap; else what the last analysis of a table said, which is nothing in the first minutes. */
    private static final String COUNTS = """
            SELECT l.lines AS denials, l.last AS last_denial,
                (SELECT greatest(sum(reltuples), 0)::bigint FROM pg_class WHERE oid = 'users'::regclass) AS users,
                (SELECT greatest(sum(reltuples), 0)::bigint FROM pg_class WHERE oid = 'clients'::regclass) AS clients,
                (SELECT coalesce(sum(greatest(c.reltuples, 0)), 0)::bigint FROM pg_inherits i
                    JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'grants'::regclass) AS grants,
                (SELECT count(*) FROM pg_inherits WHERE inhparent = 'grants'::regclass) AS grant_days
            FROM denial_log l
            """;

    /**
     * Of grants and sessions, which one statement may look at: a general plan locks them all, one a week, and a
     * connection's own room for locks has 64 places.
     */
    private static final Duration FEW_PARTITIONS = Duration.ofDays(45 * 7);

    private final Database database;
    private final History history;
    private final Statements statements;
    private final Sweep sweep;
    private final DenialNotices notices;
    private final PgTenants tenants;
    private final PgClients clients;
    private final PgUsers users;
    private final PgSessionCodes sessionCodes;
    private final PgCodes codes;
    private final PgDevices devices;
    private final PgGrants grants;
    private final PgRevocations revocations;
    private final PgKeys keys;
    private final PgJwtApps jwtApps;
    private final PgSessions sessions;
    private final PgLogouts logouts;
    private final PgOneTimeValues oneTimeValues;
    private final PgPushedRequests pushedRequests;
    private final PgRegistrations registrations;
    private final PgSecondFactors secondFactors;
    private final PgVerifiers verifiers;
    private final PgLimits limits;

    private PgStore(
            Database database,
            Statements statements,
            Sweep sweep,
            GrantTimes times,
            History history,
            DenialNotices notices) {
        this.database = database;
        this.history = history;
        this.statements = statements;
        this.sweep = sweep;
        this.notices = notices;
        this.tenants = new PgTenants(statements);
        this.clients = new PgClients(statements);
        this.users = new PgUsers(statements);
        this.sessionCodes = new PgSessionCodes(statements, times.sessions());
        this.codes = new PgCodes(statements, sessionCodes);
        this.devices = new PgDevices(statements);
        this.grants = new PgGrants(statements, times);
        this.revocations = new PgRevocations(statements, history, notices);
        this.keys = new PgKeys(statements);
        this.jwtApps = new PgJwtApps(statements);
        this.sessions = new PgSessions(statements);
        this.logouts = new PgLogouts(statements);
        this.oneTimeValues = new PgOneTimeValues(statements);
        this.pushedRequests = new PgPushedRequests(statements);
        this.registrations = new PgRegistrations(statements);
        this.secondFactors = new PgSecondFactors(statements, sessions);
        this.verifiers = new PgVerifiers(statements);
        this.limits = new PgLimits(statements);
    }

    /**
     * Brings the schema up to date, or looks whether it is, and connects.
     *
     * @param demo whether it is to hold demo data: a database holds such data or other, never both
     * @param clock decides what may be swept
     * @return fails with {@link io.gatehouse.store.UnusableStore} where the database can't be used so
     */
    public static Future<PgStore> open(Vertx vertx, StoreConfig config, GrantTimes times, boolean demo, Clock clock) {
        return open(vertx, config, times, demo, clock, server -> server);
    }

    /** @param tap what every statement passes */
    static Future<PgStore> open(
            Vertx vertx,
            StoreConfig config,
            GrantTimes times,
            boolean demo,
            Clock clock,
            UnaryOperator<Statements.Server> tap) {
        CopyLock lock = new CopyLock(config.postgres().place(), clock);
        Duration joined = longest(times).plus(times.sessions().ttl());
        SameKind kind = new SameKind(config.postgres().place(), config.redis() != null);
        History history = new History();
        boolean fewPartitions = joined.compareTo(FEW_PARTITIONS) <= 0;
        return Migrations.prepare(vertx, config)
                .compose(prepared ->
                        Database.open(vertx, config, fewPartitions, link -> greet(link, lock, kind, history)))
                .compose(database ->
                        start(vertx, database, tap.apply(database::run), times, demo, clock, config, history));
    }

    private static Future<Void> greet(Link link, CopyLock lock, SameKind kind, History history) {
        return lock.share(link).compose(alone -> kind.share(link)).compose(alike -> history.observe(link));
    }

    private static Future<PgStore> start(
            Vertx vertx,
            Database database,
            Statements.Server server,
            GrantTimes times,
            boolean demo,
            Clock clock,
            StoreConfig config,
            History history) {
        Partitions partitions =
                new Partitions(server, clock, longest(times), times.sessions().ttl());
        Sweep sweep = new Sweep(vertx, server, partitions, clock);
        PostgresUri uri = config.postgres();
        return PgIdentity.establish(server, demo, uri.place())
                .onSuccess(history::begin)
                .compose(incarnation -> partitions.makeAhead())
                .compose(made -> Connector.to(uri, vertx))
                .map(connector -> new DenialNotices(vertx, connector.quick(), server, uri.place(), DenialNotices.DOUBT))
                .map(notices ->
                        new PgStore(database, new Statements(server, partitions), sweep, times, history, notices))
                .onSuccess(store -> sweep.start())
                .recover(cause ->
                        database.close().transform(closed -> Future.failedFuture(StartFaults.explain(cause, uri))));
    }

    private static Duration longest(GrantTimes times) {
        return Arrays.stream(TokenFamily.values())
                .map(family -> Duration.between(Instant.EPOCH, times.end(family, Instant.EPOCH)))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    @Override
    public Tenants tenants() {
        return tenants;
    }

    @Override
    public Clients clients() {
        return clients;
    }

    @Override
    public Users users() {
        return users;
    }

    @Override
    public Codes codes() {
        return codes;
    }

    @Override
    public Devices devices() {
        return devices;
    }

    @Override
    public Grants grants() {
        return grants;
    }

    @Override
    public Revocations revocations() {
        return revocations;
    }

    @Override
    public Keys keys() {
        return keys;
    }

    @Override
    public JwtApps jwtApps() {
        return jwtApps;
    }

    @Override
    public Sessions sessions() {
        return sessions;
    }

    @Override
    public Logouts logouts() {
        return logouts;
    }

    @Override
    public OneTimeValues oneTimeValues() {
        return oneTimeValues;
    }

    @Override
    public PushedRequests pushedRequests() {
        return pushedRequests;
    }

    @Override
    public SecondFactors secondFactors() {
        return secondFactors;
    }

    @Override
    public Registrations registrations() {
        return registrations;
    }

    @Override
    public Verifiers verifiers() {
        return verifiers;
    }

    @Override
    public Limits limits() {
        return limits;
    }

    /** Made with the database; another one where it was restored from a copy. */
    public String incarnation() {
        return history.incarnation();
    }

    /** For a store that keeps codes and spent values elsewhere. */
    public PgCounterpart counterpart() {
        return new PgCounterpart(statements, sessionCodes);
    }

    @Override
    public Future<PartHealth> check() {
        String waiting = Integer.toString(database.waiting());
        return statements
                .one(COUNTS, Tuple.tuple(), PgStore::counts)
                .map(counts -> {
                    Map<String, String> details = new HashMap<>(counts);
                    details.put("kind", "postgres");
                    details.put("waiting", waiting);
                    details.put("told_of_denials", notices.isListening() ? "yes" : "no");
                    return new PartHealth(true, details);
                })
                .otherwise(cause -> new PartHealth(false, Map.of("kind", "postgres", "waiting", waiting)));
    }

    private static Map<String, String> counts(Row row) {
        return Map.of(
                "denials", Long.toString(Cells.number(row, "denials")),
                "last_denial", Long.toString(Cells.number(row, "last_denial")),
                "users", Long.toString(Cells.number(row, "users")),
                "clients", Long.toString(Cells.number(row, "clients")),
                "grants", Long.toString(Cells.number(row, "grants")),
                "grant_days", Long.toString(Cells.number(row, "grant_days")));
    }

    @Override
    public Future<Void> close() {
        sweep.stop();
        notices.stop();
        return database.close();
    }

    /** For tests. */
    DenialNotices notices() {
        return notices;
    }

    /** For tests. */
    Sweep sweep() {
        return sweep;
    }
}
