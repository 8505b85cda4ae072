package io.gatehouse.store.pg;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.config.PostgresUri;
import io.gatehouse.common.config.SecretValue;
import io.gatehouse.common.config.StoreConfig;
import io.gatehouse.store.Await;
import io.gatehouse.store.SchemaChange;
import io.gatehouse.store.UnusableStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Steps of a schema, on a real server. */
class MigrationsTest {
    private static final Migration FIRST =
            Migration.of("V1__base.sql", "CREATE TABLE t (n int);\nINSERT INTO t VALUES (1);");
    private static final Migration SECOND = Migration.of("V2__more_of_it.sql", "INSERT INTO t VALUES (2);");
    private static final Migration THIRD = Migration.of("V3__third.sql", "INSERT INTO t VALUES (3);");

    private final Vertx vertx = Vertx.vertx();
    private final String uri = PostgresServer.shared().uri("migrations");

    @AfterEach
    void close() {
        Await.result(vertx.close());
    }

    @Test
    void appliesWhatIsMissingInOrder() {
        assertThat(apply(FIRST)).isEqualTo(new SchemaChange(List.of("1: base"), 1));
        assertThat(apply(FIRST, SECOND, THIRD)).isEqualTo(new SchemaChange(List.of("2: more of it", "3: third"), 3));
        assertThat(apply(FIRST, SECOND, THIRD)).isEqualTo(new SchemaChange(List.of(), 3));

        assertThat(texts("SELECT n::text FROM t ORDER BY n")).containsExactly("1", "2", "3");
    }

    @Test
    void nodesThatStartAtOnceApplyEachStepOnce() {
        List<Future<SchemaChange>> starts = IntStream.range(0, 16)
                .mapToObj(node -> applying(FIRST, SECOND, THIRD))
                .toList();

        List<SchemaChange> changes = Await.results(starts);

        assertThat(changes).filteredOn(change -> !change.applied().isEmpty()).hasSize(1);
        assertThat(texts("SELECT n::text FROM t ORDER BY n")).containsExactly("1", "2", "3");
    }

    @Test
    void aStepThatFailsLeavesNothingBehind() {
        Migration half = Migration.of("V2__half.sql", "INSERT INTO t VALUES (2); SELECT 1 / 0;");

        assertThat(refusal(FIRST, half)).contains("division by zero");

        assertThat(texts("SELECT n::text FROM t")).containsExactly("1");
        assertThat(apply(FIRST, SECOND).applied()).containsExactly("2: more of it");
    }

    @Test
    void anEditedStepIsRefused() {
        apply(FIRST);
        Migration edited = Migration.of(FIRST.script(), FIRST.sql() + " ");

        assertThat(refusal(edited)).contains("another step 1 (base)", "start the build that made it");
    }

    @Test
    void lineEndsMakeNoOtherStep() {
        apply(FIRST);

        assertThat(apply(Migration.of(FIRST.script(), FIRST.sql().replace("\n", "\r\n") + "\r\n"))
                        .applied())
                .isEmpty();
    }

    @Test
    void aNewerSchemaIsAccepted() {
        apply(FIRST, SECOND, THIRD);

        assertThat(apply(FIRST, SECOND)).isEqualTo(new SchemaChange(List.of(), 3));
    }

    @Test
    void aSchemaWithAHoleIsRefused() {
        apply(FIRST, THIRD);

        assertThat(refusal(FIRST, SECOND, THIRD)).contains("has step 3", "not step 2 (more of it)");
    }

    @Test
    void switchedOffAStartRefusesWhatIsNotMigrated() {
        assertThat(refusal(Migrations.prepare(vertx, config(false))))
                .contains("misses step 1 (", "run `gatehouse store migrate`");
        assertThat(texts("SELECT relname::text FROM pg_class WHERE relname = 'gatehouse_schema_history'"))
                .isEmpty();

        Await.result(Migrations.prepare(vertx, config(true)));

        assertThat(Await.result(Migrations.prepare(vertx, config(false))).applied())
                .isEmpty();
    }

    @Test
    void aUserWithoutTheRightIsToldSo() {
        PostgresServer server = PostgresServer.shared();
        String database = PostgresUri.parse(uri).database();
        server.execute("ALTER DATABASE " + database + " OWNER TO postgres");

        assertThat(refusal(FIRST)).contains("lets this user not do", "gatehouse store migrate");
    }

    @Test
    void theHistoryIsFlyways() {
        apply(FIRST, SECOND);

        assertThat(texts("""
                        SELECT concat_ws('|', installed_rank, version, description, type, script, checksum, installed_by, success)
                        FROM gatehouse_schema_history ORDER BY installed_rank"""))
                .containsExactly(
                        "1|1|base|SQL|V1__base.sql|" + FIRST.checksum() + "|gatehouse|t",
                        "2|2|more of it|SQL|V2__more_of_it.sql|" + SECOND.checksum() + "|gatehouse|t");
        // The check value of CRC-32, whose sign Flyway keeps.
        assertThat(Migration.of("V9__check.sql", "1234\r\n56789\n").checksum()).isEqualTo(0xCBF43926);
    }

    private SchemaChange apply(Migration... steps) {
        return Await.result(applying(steps));
    }

    private Future<SchemaChange> applying(Migration... steps) {
        return Migrations.apply(vertx, PostgresUri.parse(uri), () -> List.of(steps));
    }

    private String refusal(Migration... steps) {
        return refusal(applying(steps));
    }

    private static String refusal(Future<SchemaChange> change) {
        try {
            throw new AssertionError(Await.result(change));
        } catch (UnusableStore refusal) {
            return refusal.getMessage();
        }
    }

    private StoreConfig config(boolean migrate) {
        return new StoreConfig(StoreConfig.Kind.POSTGRES, Path.of("data"), 4096, SecretValue.of(uri), 1, migrate);
    }

    private List<String> texts(String sql) {
        Database database = Await.result(Database.open(vertx, config(false)));
        try {
            return StreamSupport.stream(
                            Await.result(database.run(sql, Tuple.tuple())).spliterator(), false)
                    .map(row -> row.getString(0))
                    .toList();
        } finally {
            Await.result(database.close());
        }
    }
}
