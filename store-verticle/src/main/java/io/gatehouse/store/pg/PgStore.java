package io.gatehouse.store.pg;

import io.gatehouse.common.config.StoreConfig;
import io.gatehouse.common.message.PartHealth;
import io.gatehouse.store.GrantTimes;
import io.gatehouse.store.Store;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

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

    PgStore(
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
        return new PgOpening(vertx, config, times, demo, clock, server -> server).run();
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
