package io.gatehouse.store.copy;

import io.gatehouse.common.config.SecretValue;
import io.gatehouse.common.config.StoreConfig;
import io.gatehouse.common.model.Grant;
import io.gatehouse.store.Await;
import io.gatehouse.store.CodeRules;
import io.gatehouse.store.Samples;
import io.gatehouse.store.SettableClock;
import io.gatehouse.store.Store;
import io.gatehouse.store.embedded.EmbeddedCopy;
import io.gatehouse.store.embedded.EmbeddedStore;
import io.gatehouse.store.pg.PgCopy;
import io.gatehouse.store.pg.PgStore;
import io.gatehouse.store.pg.PostgresServer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A data folder and a fresh database, to be copied to and fro, in pages of two rows. */
@ExtendWith(VertxExtension.class)
abstract class CopyCase {
    static final CopyProgress QUIET = (kind, done, of) -> {};
    private static final int PAGE = 2;

    @TempDir
    Path folder;

    final SettableClock clock = new SettableClock();
    Vertx vertx;
    String uri;

    @BeforeEach
    void makeDatabase(Vertx ofTheTest) {
        vertx = ofTheTest;
        uri = PostgresServer.shared().uri("copy");
    }

    @AfterEach
    void dropDatabase() {
        PostgresServer.shared().execute("DROP DATABASE " + database() + " WITH (FORCE)");
    }

    String database() {
        return uri.substring(uri.lastIndexOf('/') + 1);
    }

    StoreConfig files(String name) {
        return new StoreConfig(StoreConfig.Kind.EMBEDDED, folder.resolve(name), 4096);
    }

    StoreConfig postgres() {
        return new StoreConfig(StoreConfig.Kind.POSTGRES, folder, 4096, SecretValue.of(uri), 8, true);
    }

    /** As a node opens it. */
    Store open(StoreConfig config) {
        return open(config, false);
    }

    Store open(StoreConfig config, boolean demo) {
        return config.kind() == StoreConfig.Kind.EMBEDDED
                ? Await.result(EmbeddedStore.open(vertx, config, Samples.TIMES, demo, clock))
                : Await.result(PgStore.open(vertx, config, Samples.TIMES, demo, clock));
    }

    Copyable source(StoreConfig config) {
        return config.kind() == StoreConfig.Kind.EMBEDDED
                ? Await.result(EmbeddedCopy.source(vertx, config))
                : Await.result(PgCopy.source(vertx, config));
    }

    Copyable target(StoreConfig config) {
        return config.kind() == StoreConfig.Kind.EMBEDDED
                ? Await.result(EmbeddedCopy.target(vertx, config))
                : Await.result(PgCopy.target(vertx, config));
    }

    CopyReport copy(StoreConfig from, StoreConfig to) {
        return copy(from, to, false, QUIET);
    }

    /** As the command does it; whatever comes of it, both are closed again. */
    CopyReport copy(StoreConfig from, StoreConfig to, boolean redis, CopyProgress progress) {
        Copyable source = source(from);
        try {
            Copyable target = target(to);
            try {
                return Await.result(new StoreCopy(source, target, redis, progress, clock, PAGE).run());
            } finally {
                Await.result(target.close());
            }
        } finally {
            Await.result(source.close());
        }
    }

    boolean unfreeze(StoreConfig config) {
        Copyable source = source(config);
        try {
            return Await.result(StoreCopy.unfreeze(source));
        } finally {
            Await.result(source.close());
        }
    }

    /** Every row, by kind. */
    Map<String, List<Record>> rows(StoreConfig config) {
        Copyable store = source(config);
        Map<String, List<Record>> rows = new TreeMap<>();
        Kind.ALL.forEach(kind -> rows.put(kind.name(), rows(kind, store)));
        Await.result(store.close());
        return rows;
    }

    private static <T extends Record> List<Record> rows(Kind<T> kind, Copyable store) {
        List<Record> rows = new ArrayList<>();
        String after = null;
        do {
            Rows.Page<T> page = Await.result(kind.of().apply(store).read(after, PAGE));
            page.rows().forEach(row -> rows.add(comparable(row)));
            after = page.last();
        } while (after != null);
        return rows;
    }

    /** What nobody reads of a grant that ended before its write need not survive. */
    private static Record comparable(Record row) {
        return row instanceof Grant grant && CodeRules.endedBeforeItsWrite(grant)
                ? new EndedGrant(grant.tenant(), grant.id().gid())
                : row;
    }

    record EndedGrant(String tenant, String gid) {}
}
