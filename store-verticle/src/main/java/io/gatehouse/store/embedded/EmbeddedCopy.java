package io.gatehouse.store.embedded;

import io.gatehouse.common.codec.MalformedRecord;
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
import io.gatehouse.store.copy.Copyable;
import io.gatehouse.store.copy.Rows;
import io.gatehouse.store.copy.SpentValue;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/** A data folder as a copy reads or writes it, without the writer thread: nothing sweeps meanwhile. */
public final class EmbeddedCopy implements Copyable, MapRows.Access {
    private final Vertx vertx;
    private final DataFolder folder;
    private final StoreFile file;
    private final DenialLog log = new DenialLog(DenialLog.Bounds.STANDARD);

    private EmbeddedCopy(Vertx vertx, DataFolder folder, StoreFile file) {
        this.vertx = vertx;
        this.folder = folder;
        this.file = file;
    }

    /**
     * Opens a data folder that is there.
     *
     * @return fails with {@link io.gatehouse.store.UnusableStore} where it holds nothing, is in use, foreign or damaged
     */
    public static Future<EmbeddedCopy> source(Vertx vertx, StoreConfig config) {
        DataFolder folder = new DataFolder(config.path());
        return vertx.executeBlocking(
                () -> {
                    folder.demandStore();
                    return open(vertx, folder);
                },
                false);
    }

    /** Opens a data folder, or makes it; fails like {@link #source}. */
    public static Future<EmbeddedCopy> target(Vertx vertx, StoreConfig config) {
        DataFolder folder = new DataFolder(config.path());
        return vertx.executeBlocking(
                () -> {
                    folder.prepare();
                    return open(vertx, folder);
                },
                false);
    }

    private static EmbeddedCopy open(Vertx vertx, DataFolder folder) {
        StoreFile file = folder.open();
        try {
            StoreIdentity.identify(file.tables(), folder);
            file.commit();
            return new EmbeddedCopy(vertx, folder, file);
        } catch (RuntimeException e) {
            file.abandon();
            throw e;
        }
    }

    @Override
    public <R extends @Nullable Object> Future<R> run(Function<Tables, R> operation) {
        return vertx.executeBlocking(() -> work(operation), false);
    }

    private <R extends @Nullable Object> R work(Function<Tables, R> operation) {
        try {
            R result = operation.apply(file.tables());
            file.tables().undo.keep();
            file.commit();
            return result;
        } catch (MVStoreException e) {
            throw folder.explain(e);
        } catch (MalformedRecord e) {
            throw folder.refuse("holds a row that can't be read (" + e.getMessage() + "): restore it from a copy");
        }
    }

    @Override
    public String place() {
        return folder.place();
    }

    @Override
    public Rows<Tenant> tenants() {
        return rows(tables -> tables.tenants, EmbeddedTenants::put);
    }

    @Override
    public Rows<Client> clients() {
        return rows(tables -> tables.clients, Tables::put);
    }

    @Override
    public Rows<User> users() {
        return rows(tables -> tables.users, EmbeddedUsers::put);
    }

    @Override
    public Rows<JwtApp> jwtApps() {
        return rows(tables -> tables.jwtApps, EmbeddedJwtApps::put);
    }

    @Override
    public Rows<SealedKeySet> keySets() {
        return rows(tables -> tables.keySets, EmbeddedKeys::put);
    }

    @Override
    public Rows<Grant> grants() {
        return rows(tables -> tables.grants, Tables::put);
    }

    @Override
    public Rows<AuthorizationCode> codes() {
        return rows(tables -> tables.codes, Tables::put);
    }

    @Override
    public Rows<Session> sessions() {
        return rows(tables -> tables.sessions, SessionTable::put);
    }

    @Override
    public Rows<Consent> consents() {
        return rows(tables -> tables.consents, Tables::put);
    }

    @Override
    public Rows<PendingLogout> logouts() {
        return rows(tables -> tables.logouts, LogoutTable::put);
    }

    @Override
    public Rows<Registration> registrations() {
        return rows(tables -> tables.registrations, RegistrationTable::put);
    }

    @Override
    public Rows<SecondFactor> secondFactors() {
        return rows(tables -> tables.secondFactors, Tables::put);
    }

    private <T extends Record> Rows<T> rows(Function<Tables, RowTable<byte[], T>> rows, BiConsumer<Tables, T> put) {
        return new MapRows<>(
                this,
                new MapRows.Table<>(
                        (tables, from, visitor) -> rows.apply(tables).scan(from, visitor),
                        put,
                        tables -> rows.apply(tables).size()));
    }

    @Override
    public Rows<SpentValue> spent() {
        return new MapRows<>(
                this,
                new MapRows.Table<>(
                        (tables, from, visitor) ->
                                tables.spent.scan(from, (key, until) -> visitor.test(key, SpentTable.row(key, until))),
                        SpentTable::put,
                        tables -> tables.spent.size()));
    }

    @Override
    public Rows<SequencedDenial> denials() {
        return new MapRows<>(
                this,
                new MapRows.Table<>(
                        (tables, from, visitor) -> tables.denials.scan(
                                RowKey.sequenceFrom(from),
                                (sequence, denial) ->
                                        visitor.test(RowKey.of(sequence), new SequencedDenial(sequence, denial))),
                        log::restore,
                        tables -> tables.denials.size()));
    }

    @Override
    public Future<Map<String, String>> facts() {
        return run(StoreIdentity::all);
    }

    @Override
    public Future<Void> change(Map<String, String> write, Set<String> remove) {
        return run(tables -> {
            remove.forEach(tables.facts::remove);
            write.forEach(tables.facts::put);
            return null;
        });
    }

    @Override
    public Future<Long> lastDenial() {
        return run(log::last);
    }

    @Override
    public Future<Void> continueDenials(long last) {
        return run(tables -> {
            log.continueBehind(tables, last);
            return null;
        });
    }

    @Override
    public Future<Void> close() {
        return vertx.executeBlocking(
                () -> {
                    file.close();
                    return null;
                },
                false);
    }
}
