package io.gatehouse.store.pg;

import io.gatehouse.common.codec.MalformedRecord;
import io.gatehouse.common.config.PostgresUri;
import io.gatehouse.common.config.StoreConfig;
import io.gatehouse.common.model.AuthorizationCode;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Consent;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.JwtApp;
import io.gatehouse.common.model.SealedKeySet;
import io.gatehouse.common.model.SecondFactor;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.User;
import io.gatehouse.store.PendingLogout;
import io.gatehouse.store.Registration;
import io.gatehouse.store.UnusableStore;
import io.gatehouse.store.copy.Copyable;
import io.gatehouse.store.copy.Rows;
import io.gatehouse.store.copy.SpentValue;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A database as a copy reads or writes it: over one connection, which keeps nodes away as long as it lasts. */
public final class PgCopy implements Copyable {
    /** Pages take as long as they take. */
    private static final String PATIENCE = "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0";

    private static final String CHANGE = """
            WITH gone AS (DELETE FROM facts WHERE name = ANY ($3::text[]) AND name <> ALL ($1::text[]))
            INSERT INTO facts SELECT * FROM unnest($1::text[], $2::text[])
            ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value
            """;

    private static final String COUNT_LINES = """
            WITH counts AS (
                INSERT INTO denial_counts
                SELECT tenant, client, '', count(*) FROM denials WHERE kind IN ('TOKEN', 'GRANT') GROUP BY 1, 2
                UNION ALL
                SELECT tenant, client, gid, count(*) FROM denials WHERE gid IS NOT NULL GROUP BY 1, 2, 3
                ON CONFLICT (tenant, client, gid) DO UPDATE SET lines = EXCLUDED.lines)
            UPDATE denial_log SET last = $1, lines = (SELECT count(*) FROM denials)
            """;

    private final Link link;
    private final PostgresUri uri;

    private PgCopy(Link link, PostgresUri uri) {
        this.link = link;
        this.uri = uri;
    }

    /**
     * Connects to a database whose schema is there.
     *
     * @return fails with {@link UnusableStore}, also while a node works on it
     */
    public static Future<PgCopy> source(Vertx vertx, StoreConfig config) {
        return Migrations.demand(vertx, config).compose(there -> open(vertx, config));
    }

    /** Connects to a database and makes what is missing of its schema; fails like {@link #source}. */
    public static Future<PgCopy> target(Vertx vertx, StoreConfig config) {
        return Migrations.prepare(vertx, config)
                .compose(there -> open(vertx, config))
                .compose(copy -> copy.establish()
                        .map(copy)
                        .recover(cause -> copy.close().transform(closed -> Future.failedFuture(cause))));
    }

    private static Future<PgCopy> open(Vertx vertx, StoreConfig config) {
        PostgresUri uri = config.postgres();
        CopyLock lock = new CopyLock(uri.place(), Clock.systemUTC());
        return Connector.to(uri, vertx)
                .compose(Connector::connect)
                .compose(link -> link.script(PATIENCE)
                        .compose(set -> lock.take(link, vertx))
                        .map(new PgCopy(link, uri))
                        .recover(cause -> link.close().transform(closed -> Future.failedFuture(cause))))
                .recover(cause -> Future.failedFuture(StartFaults.explain(cause, uri)));
    }

    private Future<Void> establish() {
        return explained(() -> PgIdentity.make(link::run));
    }

    @Override
    public String place() {
        return "the database " + uri.place();
    }

    @Override
    public Rows<Tenant> tenants() {
        return rows(CopySql.TENANTS);
    }

    @Override
    public Rows<Client> clients() {
        return rows(CopySql.CLIENTS);
    }

    @Override
    public Rows<User> users() {
        return rows(CopySql.USERS);
    }

    @Override
    public Rows<JwtApp> jwtApps() {
        return rows(CopySql.JWT_APPS);
    }

    @Override
    public Rows<SealedKeySet> keySets() {
        return rows(CopySql.KEY_SETS);
    }

    @Override
    public Rows<Grant> grants() {
        return rows(CopyExpiringSql.GRANTS);
    }

    @Override
    public Rows<AuthorizationCode> codes() {
        return rows(CopyExpiringSql.CODES);
    }

    @Override
    public Rows<SpentValue> spent() {
        return rows(CopyExpiringSql.SPENT);
    }

    @Override
    public Rows<SequencedDenial> denials() {
        return rows(CopyExpiringSql.DENIALS);
    }

    @Override
    public Rows<Session> sessions() {
        return rows(CopySessionSql.SESSIONS);
    }

    @Override
    public Rows<Consent> consents() {
        return rows(CopySessionSql.CONSENTS);
    }

    @Override
    public Rows<PendingLogout> logouts() {
        return rows(CopySessionSql.LOGOUTS);
    }

    @Override
    public Rows<SecondFactor> secondFactors() {
        return rows(CopySql.SECOND_FACTORS);
    }

    @Override
    public Rows<Registration> registrations() {
        return rows(CopySql.REGISTRATIONS);
    }

    private <T extends Record> Rows<T> rows(CopyTable.Sql<T> sql) {
        return new CopyTable<>(link, sql, this::explain);
    }

    @Override
    public Future<Map<String, String>> facts() {
        return explained(() -> link.script(CopyLock.FACTS).map(CopyLock::facts));
    }

    @Override
    public Future<Void> change(Map<String, String> write, Set<String> remove) {
        List<Map.Entry<String, String>> entries = List.copyOf(write.entrySet());
        Tuple arguments = Tuple.tuple()
                .addArrayOfString(array(entries.stream().map(Map.Entry::getKey).toList()))
                .addArrayOfString(
                        array(entries.stream().map(Map.Entry::getValue).toList()))
                .addArrayOfString(array(remove));
        return explained(() -> link.run(CHANGE, arguments).mapEmpty());
    }

    private static String[] array(Collection<String> texts) {
        return texts.toArray(String[]::new);
    }

    @Override
    public Future<Long> lastDenial() {
        return explained(() -> link.script("SELECT last FROM denial_log").map(PgCopy::number));
    }

    private static long number(RowSet<Row> rows) {
        return rows.iterator().next().getLong(0);
    }

    @Override
    public Future<Void> continueDenials(long last) {
        return explained(() -> link.run(COUNT_LINES, Tuple.of(last)).mapEmpty());
    }

    @Override
    public Future<Void> close() {
        return link.close();
    }

    private <T extends @Nullable Object> Future<T> explained(Supplier<Future<T>> call) {
        return call.get().recover(cause -> Future.failedFuture(explain(cause)));
    }

    private Throwable explain(Throwable cause) {
        return cause instanceof MalformedRecord
                ? new UnusableStore(
                        "The database " + uri.place() + " holds a row that can't be read (" + cause.getMessage()
                                + "): restore it from a copy",
                        cause)
                : StartFaults.explain(cause, uri);
    }
}
