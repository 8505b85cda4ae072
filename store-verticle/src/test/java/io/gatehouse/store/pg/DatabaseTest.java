package io.gatehouse.store.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.config.SecretValue;
import io.gatehouse.common.config.StoreConfig;
import io.gatehouse.common.error.OAuthError.Unavailable;
import io.gatehouse.store.Await;
import io.gatehouse.store.UnusableStore;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pool against real servers, some of which fail. */
class DatabaseTest {
    private final Vertx vertx = Vertx.vertx();
    private final List<Database> opened = new ArrayList<>();
    private PostgresServer server;
    private String uri;

    @BeforeEach
    void createDatabase() {
        server = PostgresServer.shared();
        uri = server.uri("pool");
    }

    @AfterEach
    void close() {
        opened.forEach(database -> Await.result(database.close()));
        Await.result(vertx.close());
    }

    @Test
    void runsStatementsWithArguments() {
        Database database = open(uri);

        assertThat(one(database.run("SELECT $1::int + 1", Tuple.of(41)))).isEqualTo(42);
        Await.result(database.ping());
    }

    @Test
    void answersOnTheCallersContext() {
        Database database = open(uri);
        Context context = vertx.getOrCreateContext();
        Promise<Boolean> same = Promise.promise();

        context.runOnContext(now -> database.run("SELECT 1", Tuple.tuple())
                .onComplete(done -> same.complete(Vertx.currentContext() == context)));

        assertThat(Await.result(same.future())).isTrue();
    }

    @Test
    void eachEventLoopHasConnectionsOfItsOwn() {
        VertxInternal loops = (VertxInternal) Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
        Iterator<EventExecutor> both = loops.eventLoopGroup().iterator();
        Context one =
                loops.contextBuilder().withEventLoop((EventLoop) both.next()).build();
        Context other =
                loops.contextBuilder().withEventLoop((EventLoop) both.next()).build();
        try {
            Database database = Await.result(Database.open(loops, config(uri, 16, 4)));

            int first = connection(database, one);
            int second = connection(database, other);

            assertThat(second).isNotEqualTo(first);
            assertThat(connection(database, one)).isEqualTo(first);
            assertThat(connection(database, other)).isEqualTo(second);
            Await.result(database.close());
        } finally {
            Await.result(loops.close());
        }
    }

    /** Which of the connections a statement of that context is sent over. */
    private static int connection(Database database, Context context) {
        Promise<RowSet<Row>> answer = Promise.promise();
        context.runOnContext(
                here -> database.run("SELECT pg_backend_pid()", Tuple.tuple()).onComplete(answer));
        return (int) one(answer.future());
    }

    @Test
    void sendsManyStatementsOverFewConnections() {
        Database database = open(uri);
        Await.result(database.run("CREATE TABLE t (n int PRIMARY KEY)", Tuple.tuple()));

        List<Future<RowSet<Row>>> all = new ArrayList<>();
        for (int n = 0; n < 500; n++) {
            all.add(database.run("INSERT INTO t VALUES ($1)", Tuple.of(n)));
        }
        Await.results(all);

        assertThat(one(database.run("SELECT count(*)::int FROM t", Tuple.tuple())))
                .isEqualTo(500);
        assertThat(one(database.run(
                        "SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND application_name = 'gatehouse'",
                        Tuple.tuple())))
                .isIn(2, 3, 4);
    }

    @Test
    void letsAViolatedConstraintThrough() {
        Database database = open(uri);
        Await.result(database.run("CREATE TABLE t (n int CONSTRAINT t_number UNIQUE)", Tuple.tuple()));
        Await.result(database.run("INSERT INTO t VALUES ($1)", Tuple.of(1)));

        assertThatThrownBy(() -> Await.result(database.run("INSERT INTO t VALUES ($1)", Tuple.of(1))))
                .isInstanceOfSatisfying(PgException.class, e -> {
                    assertThat(e.getSqlState()).isEqualTo("23505");
                    assertThat(e.getConstraint()).isEqualTo("t_number");
                });
        Await.result(database.ping());
    }

    @Test
    void aStatementThatIsWrongIsADefectAndQuotesNoArgument() {
        Database database = open(uri);

        assertThatThrownBy(() -> Await.result(database.run("SELECT nothing", Tuple.tuple())))
                .isInstanceOf(PgException.class);
        assertThatThrownBy(() -> Await.result(database.run("SELECT $1::int", Tuple.of("a secret"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
        Await.result(database.ping());
    }

    @Test
    void triesADeadlockedOrUnserializableStatementOnceMore() {
        Database database = open(uri);
        Await.result(database.run("CREATE SEQUENCE tries", Tuple.tuple()));
        Await.result(database.run("""
                        CREATE FUNCTION fails_once(state text, times int) RETURNS bigint LANGUAGE plpgsql AS $$
                        BEGIN
                          IF nextval('tries') <= times THEN RAISE EXCEPTION 'passing' USING ERRCODE = state; END IF;
                          RETURN currval('tries');
                        END $$""", Tuple.tuple()));
        String call = "SELECT fails_once($1, $2)::int";

        assertThat(one(database.run(call, Tuple.of("40P01", 1)))).isEqualTo(2);
        assertThat(one(database.run(call, Tuple.of("40001", 3)))).isEqualTo(4);
        Await.fails(database.run(call, Tuple.of("40001", 100)), Unavailable.class);
    }

    @Test
    void aPlanOlderThanTheSchemaIsMadeAnew() {
        Database database = open(uri);
        Await.result(database.run("CREATE TABLE t (n int)", Tuple.tuple()));
        Await.result(database.run("SELECT * FROM t", Tuple.tuple()));
        Await.result(database.run("ALTER TABLE t ADD m int", Tuple.tuple()));

        for (int i = 0; i < 10; i++) {
            Await.result(database.run("SELECT * FROM t", Tuple.tuple()));
        }
    }

    @Test
    void aStatementThatTakesTooLongIsUnavailableAndItsConnectionStays() {
        Database database = open(uri, 4096, 1);
        Object process = one(database.run("SELECT pg_backend_pid()", Tuple.tuple()));

        Await.fails(database.run("SELECT pg_sleep(30)", Tuple.tuple()), Unavailable.class);

        assertThat(one(database.run("SELECT pg_backend_pid()", Tuple.tuple()))).isEqualTo(process);
    }

    @Test
    void turnsAwayWhatExceedsTheQueue() {
        Database database = open(uri, 16, 1);
        List<Future<RowSet<Row>>> waiting = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            waiting.add(database.run("SELECT pg_sleep(0.01)", Tuple.tuple()));
        }

        Future<RowSet<Row>> further = database.run("SELECT 1", Tuple.tuple());

        assertThat(further.failed()).isTrue();
        Await.fails(further, Unavailable.class);
        Await.results(waiting);
        assertThat(database.waiting()).isZero();
        Await.result(database.ping());
    }

    @Test
    void finishesWhatIsUnderWayWhenClosed() {
        Database database = open(uri);
        Future<RowSet<Row>> underWay = database.run("SELECT 7 FROM pg_sleep(0.2)", Tuple.tuple());

        Await.result(database.close());

        assertThat(one(underWay)).isEqualTo(7);
        Await.fails(database.ping(), Unavailable.class);
    }

    @Test
    void aTerminatedConnectionIsReplaced() {
        Database database = open(uri, 4096, 1);
        Object process = one(database.run("SELECT pg_backend_pid()", Tuple.tuple()));

        server.execute("SELECT pg_terminate_backend(" + process + ", 10000)");

        eventually(() -> succeeds(database.ping()));
        assertThat(one(database.run("SELECT pg_backend_pid()", Tuple.tuple()))).isNotEqualTo(process);
    }

    @Test
    void recoversFromAKilledServer(@TempDir Path folder) {
        try (PostgresServer own = PostgresServer.start(folder.resolve("data"), Map.of())) {
            Database database = open(own.uri("killed"));
            Await.result(database.run("CREATE TABLE t AS SELECT 1 AS n", Tuple.tuple()));

            own.kill();
            Await.fails(database.ping(), Unavailable.class);
            own.restart();

            eventually(() -> succeeds(database.ping()));
            assertThat(one(database.run("SELECT n FROM t", Tuple.tuple()))).isEqualTo(1);
        }
    }

    @Test
    void aSilentServerIsUnavailableAndItsConnectionsAreDropped() {
        try (Relay relay = new Relay(server.port())) {
            Database database = open(uri.replace(":" + server.port() + "/", ":" + relay.port() + "/"));
            Await.result(database.ping());

            relay.silence();
            for (int i = 0; i < 3; i++) {
                Await.fails(database.ping(), Unavailable.class);
            }
            eventually(() -> relay.open() == 0);
            relay.speak();

            eventually(() -> succeeds(database.ping()));
        }
    }

    @Test
    void aServerThatCannotBeUsedIsExplainedWithoutThePassword() {
        String password = "a%20password";
        assertThat(unusable(uri.replace(password, "another")))
                .contains("refuses this user", "store.uri")
                .doesNotContain("another");
        assertThat(unusable(server.uriOf("missing"))).contains("createdb missing");
        assertThat(unusable("postgresql://u:" + password + "@127.0.0.1:1/none"))
                .contains("none at 127.0.0.1 port 1 can't be reached: start the server")
                .doesNotContain("password");
        assertThat(unusable("postgresql://u:" + password + "@no-such-host.invalid/none"))
                .contains("can't be reached");
    }

    private Database open(String uri) {
        return open(uri, 4096, 4);
    }

    private Database open(String uri, int queue, int poolSize) {
        Database database = Await.result(Database.open(vertx, config(uri, queue, poolSize)));
        opened.add(database);
        return database;
    }

    private String unusable(String uri) {
        try {
            Database unexpected = open(uri);
            throw new AssertionError(unexpected);
        } catch (UnusableStore sentence) {
            return sentence.getMessage();
        }
    }

    static StoreConfig config(String uri, int queue, int poolSize) {
        return new StoreConfig(StoreConfig.Kind.POSTGRES, Path.of("data"), queue, SecretValue.of(uri), poolSize, true);
    }

    private static Object one(Future<RowSet<Row>> rows) {
        return Await.result(rows).iterator().next().getValue(0);
    }

    private static boolean succeeds(Future<?> future) {
        return Await.result(future.transform(done -> Future.succeededFuture(done.succeeded())));
    }

    private static void eventually(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
