package io.gatehouse.store.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.config.SecretValue;
import io.gatehouse.common.config.StoreConfig;
import io.gatehouse.common.error.OAuthError.Conflict;
import io.gatehouse.common.error.OAuthError.Unavailable;
import io.gatehouse.common.message.PartHealth;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.store.Await;
import io.gatehouse.store.CodeOrder;
import io.gatehouse.store.Opening;
import io.gatehouse.store.Samples;
import io.gatehouse.store.UnusableStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Which databases a node starts on, and what it says once its server is gone. */
class PgStartTest {
    private static PgStore open(Vertx vertx, String uri, boolean demo) {
        return Await.result(
                PgStore.open(vertx, PgCase.config(uri), Samples.TIMES, demo, Clock.fixed(Samples.NOW, ZoneOffset.UTC)));
    }

    @ExtendWith(VertxExtension.class)
    @Nested
    class OnOneServer {
        @Test
        void demoData_meetNoOthers(Vertx vertx) {
            String demo = PostgresServer.shared().uri("demo");
            close(open(vertx, demo, true));
            close(open(vertx, demo, true));
            assertThatThrownBy(() -> open(vertx, demo, false))
                    .isInstanceOf(UnusableStore.class)
                    .hasMessageContaining("holds demo data")
                    .hasMessageNotContaining(PostgresServer.PASSWORD);
            PgCase.drop(demo);
        }

        @Test
        void tablesOfAnotherUser_areRefused(Vertx vertx) {
            PostgresServer server = PostgresServer.shared();
            String uri = server.uri("owned");
            close(open(vertx, uri, false));
            String database = uri.substring(uri.lastIndexOf('/') + 1);
            server.execute(database, "ALTER TABLE grants OWNER TO postgres");
            server.execute(database, "GRANT ALL ON grants TO " + PostgresServer.USER);
            assertThatThrownBy(() -> open(vertx, uri, false))
                    .isInstanceOf(UnusableStore.class)
                    .hasMessageContaining("can't make the tables of the days to come")
                    .hasMessageNotContaining(PostgresServer.PASSWORD);
            server.execute(database, "ALTER TABLE grants OWNER TO " + PostgresServer.USER);
            close(open(vertx, uri, false));
            PgCase.drop(uri);
        }

        @Test
        void nodesWithRedisAndWithout_doNotMeet(Vertx vertx) {
            String uri = PostgresServer.shared().uri("kinds");
            PgStore without = open(vertx, uri, false);
            assertThatThrownBy(() -> Await.result(PgStore.open(
                            vertx,
                            new StoreConfig(
                                    StoreConfig.Kind.POSTGRES,
                                    Path.of("unused"),
                                    4096,
                                    SecretValue.of(uri),
                                    8,
                                    true,
                                    SecretValue.of("redis://127.0.0.1:1")),
                            Samples.TIMES,
                            false,
                            Clock.fixed(Samples.NOW, ZoneOffset.UTC))))
                    .isInstanceOf(UnusableStore.class)
                    .hasMessageContaining("is in use by nodes without Redis");
            close(open(vertx, uri, false));
            close(without);
            PgCase.drop(uri);
        }

        /** Else whoever restored a database would have to stop every node first. */
        @Test
        void anotherIncarnation_isSeenByTheNextConnection(Vertx vertx) {
            PostgresServer server = PostgresServer.shared();
            String uri = server.uri("history");
            String database = uri.substring(uri.lastIndexOf('/') + 1);
            PgStore store = open(vertx, uri, false);
            String before = store.revocations().incarnation();
            server.execute(database, "UPDATE facts SET value = 'another' WHERE name = 'incarnation'");
            server.execute(
                    database,
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database
                            + "' AND usename = '" + PostgresServer.USER + "'");
            for (int tries = 0; tries < 300 && store.revocations().incarnation().equals(before); tries++) {
                Await.result(vertx.timer(20).transform(passed -> store.check()));
            }
            assertThat(store.revocations().incarnation()).startsWith("another");
            assertThat(store.incarnation()).isEqualTo("another");
            close(store);
            PgCase.drop(uri);
        }

        @Test
        void otherData_takeNoDemo(Vertx vertx) {
            String uri = PostgresServer.shared().uri("real");
            PgStore store = open(vertx, uri, false);
            Await.result(store.clients().declare(Samples.client("web")));
            close(store);
            assertThatThrownBy(() -> open(vertx, uri, true))
                    .isInstanceOf(UnusableStore.class)
                    .hasMessageContaining("holds data that is not the demo's");
            close(open(vertx, uri, false));
            PgCase.drop(uri);
        }

        @Test
        void anEmptyDatabase_mayBecomeADemos(Vertx vertx) {
            String uri = PostgresServer.shared().uri("empty");
            close(open(vertx, uri, false));
            close(open(vertx, uri, true));
            PgCase.drop(uri);
        }

        @Test
        void nodes_mayStartOnAnEmptyDatabaseAllAtOnce(Vertx vertx) {
            String uri = PostgresServer.shared().uri("empty");
            Clock clock = Clock.fixed(Samples.NOW, ZoneOffset.UTC);
            List<PgStore> nodes = Await.results(IntStream.range(0, 4)
                    .mapToObj(i -> PgStore.open(vertx, PgCase.config(uri), Samples.TIMES, false, clock))
                    .toList());
            assertThat(nodes.stream()
                            .map(node -> node.revocations().incarnation())
                            .distinct())
                    .hasSize(1);
            Await.result(nodes.getFirst().clients().declare(Samples.client("web")));
            Await.result(nodes.getFirst().users().declare(Samples.ada(), null));
            List<Future<Opening>> openings = nodes.stream()
                    .map(node -> node.grants().open(Samples.grant("web"), Samples.NOW))
                    .toList();
            assertThat(Await.results(openings)).containsOnly(Opening.OPENED);
            nodes.forEach(OnOneServer::close);
            PgCase.drop(uri);
        }

        private static void close(PgStore store) {
            Await.result(store.close());
        }
    }

    @Nested
    class OfCodes extends PgCase {
        @Test
        void aDayOnWhichNoCodeOfOursExpires_isRefusedAndMakesNoTable() {
            CodeOrder honest = order(null);
            CodeId far = new CodeId(0xFFFF, honest.id().digest());
            CodeOrder order =
                    new CodeOrder(honest.statement(), far, honest.expiresAt(), honest.grant(), honest.grantExpiresAt());
            Await.fails(store.codes().put(order, now()), Conflict.class);
            assertThat(rows("SELECT FROM partitions_1('codes') WHERE day > 60000"))
                    .isEmpty();
        }

        @Test
        void aCodesId_isGivenOnce() {
            CodeOrder order = order(null);
            assertThat(Await.result(store.codes().put(order, now()))).isNull();
            assertThat(Await.error(store.codes().put(order, now()))).isEqualTo(new Conflict("code"));
        }
    }

    @ExtendWith(VertxExtension.class)
    @Nested
    class WithoutServer {
        @Test
        void check_saysSo_andTheStoreWorksOnceItIsBack(Vertx vertx, @TempDir Path folder) {
            try (PostgresServer server = PostgresServer.start(folder, Map.of())) {
                PgStore store = open(vertx, server.uri("gone"), false);
                PartHealth before = Await.result(store.check());
                assertThat(before.ready()).isTrue();
                assertThat(before.details()).containsEntry("kind", "postgres").containsKeys("denials", "grants");
                server.kill();
                assertThat(Await.result(store.check()).ready()).isFalse();
                Await.fails(store.tenants().find(Tenant.MAIN), Unavailable.class);
                Await.fails(store.users().logOut(Tenant.MAIN, Samples.ADA, Samples.NOW), Unavailable.class);
                server.restart();
                long giveUp = System.nanoTime() + Duration.ofSeconds(30).toNanos();
                while (!Await.result(store.check()).ready() && System.nanoTime() < giveUp) {
                    Thread.onSpinWait();
                }
                assertThat(Await.result(store.tenants().find(Tenant.MAIN))).isNotNull();
                Await.result(store.close());
            }
        }
    }
}
