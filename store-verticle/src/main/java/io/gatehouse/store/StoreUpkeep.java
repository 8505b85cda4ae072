package io.gatehouse.store;

import io.gatehouse.common.config.StoreConfig;
import io.gatehouse.store.copy.CopyProgress;
import io.gatehouse.store.copy.CopyReport;
import io.gatehouse.store.copy.Copyable;
import io.gatehouse.store.copy.StoreCopy;
import io.gatehouse.store.embedded.EmbeddedCopy;
import io.gatehouse.store.pg.Migrations;
import io.gatehouse.store.pg.PgCopy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** What operators do with stores, without a node. */
public final class StoreUpkeep {
    private StoreUpkeep() {}

    /**
     * Brings the schema of the store up to date without opening the store; changes nothing else.
     *
     * @return fails with {@link UnusableStore}
     */
    public static Future<SchemaChange> migrate(Vertx vertx, StoreConfig config) {
        return switch (config.kind()) {
            case EMBEDDED -> Future.succeededFuture(new SchemaChange(List.of(), SchemaChange.NO_SCHEMA));
            case POSTGRES -> Migrations.apply(vertx, config);
        };
    }

    /**
     * Copies all of a store into another one, or goes on with that, while no node works on either. The source is frozen
     * from its start.
     *
     * @return fails with {@link UnusableStore}
     */
    public static Future<CopyReport> copy(Vertx vertx, StoreConfig from, StoreConfig to, CopyProgress progress) {
        if (isSame(from, to)) {
            return Future.failedFuture(
                    new UnusableStore("Both configurations name the same store: name another one to copy to", null));
        }
        boolean redis = to.redis() != null;
        return source(vertx, from)
                .compose(source -> target(vertx, to)
                        .compose(target -> new StoreCopy(source, target, redis, progress, Clock.systemUTC())
                                .run()
                                .eventually(target::close))
                        .eventually(source::close));
    }

    /**
     * Lets nodes start again on a store that was copied; says whether they could not.
     *
     * @return fails with {@link UnusableStore}
     */
    public static Future<Boolean> unfreeze(Vertx vertx, StoreConfig config) {
        return source(vertx, config)
                .compose(source -> StoreCopy.unfreeze(source).eventually(source::close));
    }

    private static boolean isSame(StoreConfig from, StoreConfig to) {
        return from.kind() == to.kind()
                && switch (from.kind()) {
                    case EMBEDDED -> absolute(from).equals(absolute(to));
                    case POSTGRES ->
                        from.postgres().place().equals(to.postgres().place());
                };
    }

    private static Path absolute(StoreConfig config) {
        return config.path().toAbsolutePath().normalize();
    }

    private static Future<? extends Copyable> source(Vertx vertx, StoreConfig config) {
        return switch (config.kind()) {
            case EMBEDDED -> EmbeddedCopy.source(vertx, config);
            case POSTGRES -> PgCopy.source(vertx, config);
        };
    }

    private static Future<? extends Copyable> target(Vertx vertx, StoreConfig config) {
        return switch (config.kind()) {
            case EMBEDDED -> EmbeddedCopy.target(vertx, config);
            case POSTGRES -> PgCopy.target(vertx, config);
        };
    }
}
