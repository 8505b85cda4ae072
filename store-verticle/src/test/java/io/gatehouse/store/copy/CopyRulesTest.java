package io.gatehouse.store.copy;

import static io.gatehouse.store.copy.BrokenCopyTest.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.config.SecretValue;
import io.gatehouse.common.config.StoreConfig;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.error.OAuthError.Unavailable;
import io.gatehouse.common.message.Codes.PutRefusal;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.store.Await;
import io.gatehouse.store.CodeOrder;
import io.gatehouse.store.Samples;
import io.gatehouse.store.Store;
import io.gatehouse.store.UnusableStore;
import io.gatehouse.store.pg.PostgresServer;
import io.gatehouse.store.redis.RedisServer;
import io.gatehouse.store.redis.RedisStore;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which stores are copied where. */
class CopyRulesTest extends CopyCase {
    @Test
    void aTargetWithDataOfItsOwn_isRefusedAndTheSourceStaysFree() {
        fill(files("from"), false);
        fill(postgres(), false);
        fill(files("full"), false);
        refused(() -> copy(files("from"), postgres()), "holds other data already: name an empty one");
        refused(() -> copy(files("from"), files("full")), "holds other data already");
        Await.result(open(files("from")).close());
        Await.result(open(postgres()).close());
    }

    @Test
    void aDemosCopy_isADemo() {
        fill(files("demo"), true);
        copy(files("demo"), postgres());
        refused(() -> open(postgres()), "holds demo data");
        Await.result(open(postgres(), true).close());
        copy(postgres(), files("back"));
        refused(() -> open(files("back")), "holds demo data");
        Await.result(open(files("back"), true).close());
    }

    @Test
    void anEmptyDemo_takesOtherData() {
        Await.result(open(files("demo"), true).close());
        fill(files("from"), false);
        copy(files("from"), files("demo"));
        Await.result(open(files("demo")).close());
    }

    @Test
    void whereNothingIs_nothingIsCopiedOrMade() {
        refused(() -> copy(files("none"), postgres()), "holds no store");
        assertThat(Files.exists(files("none").path())).isFalse();
        refused(() -> copy(postgres(), files("to")), "misses step 1 (tables) of its schema");
    }

    @Test
    void aStoreInUse_isNeitherSourceNorTarget() {
        fill(files("from"), false);
        Store node = open(files("from"));
        refused(() -> copy(files("from"), postgres()), "is in use by another process");
        Await.result(node.close());
        Store database = open(postgres());
        refused(() -> copy(files("from"), postgres()), "is in use: stop every node");
        refused(() -> copy(postgres(), files("to")), "is in use: stop every node");
        Await.result(database.close());
    }

    @Test
    void aDatabase_takesNoNodeWhileItIsCopied() {
        fill(postgres(), false);
        Copyable source = source(postgres());
        refused(() -> open(postgres()), "is being copied: wait until `gatehouse store copy` is done");
        Await.result(source.close());
    }

    @Test
    void aNodeThatLostItsConnections_findsTheDatabaseFrozen() {
        fill(postgres(), false);
        Store node = open(postgres());
        PostgresServer.shared()
                .execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database() + "'");
        copy(postgres(), files("to"));
        for (int i = 0; i < 20; i++) {
            Await.fails(node.tenants().find(Tenant.MAIN), Unavailable.class);
        }
        Await.result(node.close());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatRedisRemembered_keepsNodesAwayUntilItCountsNoMore(boolean toFiles) {
        fill(postgres(), false);
        PostgresServer.shared().execute(database(), "INSERT INTO facts VALUES ('spent_elsewhere', 'true')");
        StoreConfig to = toFiles ? files("to") : another();
        CopyReport report = copy(postgres(), to);
        assertThat(report.opensAt()).isEqualTo(clock.instant().plus(Duration.ofMinutes(62)));
        clock.forward(Duration.ofMinutes(62).minusMillis(1));
        refused(() -> open(to), "start on it at 2030-01-01T13:02:01Z or later");
        assertThat(copy(to, files("further")).opensAt()).isEqualTo(report.opensAt());
        refused(() -> open(files("further")), "start on it at 2030-01-01T13:02:01Z or later");
        unfreeze(to);
        clock.forward(Duration.ofMillis(1));
        Await.result(open(to).close());
    }

    private StoreConfig another() {
        String first = uri;
        uri = PostgresServer.shared().uri("copy");
        StoreConfig config = postgres();
        uri = first;
        return config;
    }

    @Test
    void whatRedisRemembered_isNoMatterWhereRedisBeginsAnew() {
        fill(postgres(), false);
        PostgresServer.shared().execute(database(), "INSERT INTO facts VALUES ('spent_elsewhere', 'true')");
        StoreConfig to = another();
        assertThat(copy(postgres(), to, true, QUIET).opensAt()).isNull();
        Copyable copied = source(to);
        assertThat(Await.result(copied.facts())).containsEntry("spent_elsewhere", "true");
        Await.result(copied.close());
    }

    @Test
    void whatWasSpent_staysSpentWhereRedisBeginsAnew() {
        Store before = open(files("from"));
        Furnished.of(before);
        Await.result(before.close());
        copy(files("from"), postgres(), true, QUIET);
        try (RedisServer redis = RedisServer.start()) {
            SecretValue database = SecretValue.of(uri);
            StoreConfig config = new StoreConfig(
                    StoreConfig.Kind.POSTGRES, folder, 4096, database, 8, true, SecretValue.of(redis.uri()));
            Store after = Await.result(RedisStore.open(vertx, config, Samples.TIMES, false, clock));
            CodeOrder again = Furnished.order("web", Digest.of("fresh"));
            assertThat(Await.result(after.codes().put(again, clock.instant()))).isEqualTo(PutRefusal.REPLAYED);
            Await.result(after.close());
        }
    }

    @Test
    void aRowThatCantBeRead_isToldInOneSentence() {
        fill(postgres(), false);
        PostgresServer.shared().execute(database(), "UPDATE users SET record = '\\x00'");
        assertThatThrownBy(() -> copy(postgres(), files("to")))
                .isInstanceOf(UnusableStore.class)
                .hasMessageContaining("holds a row that can't be read")
                .hasMessageNotContaining(PostgresServer.PASSWORD);
    }

    private void fill(StoreConfig config, boolean demo) {
        Store store = open(config, demo);
        Await.result(store.clients().declare(Samples.client("web")));
        Await.result(store.users().declare(Samples.ada(), Samples.HASH));
        Await.result(store.close());
    }
}
