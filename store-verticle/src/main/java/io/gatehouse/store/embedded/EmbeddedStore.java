package io.gatehouse.store.embedded;

import io.gatehouse.common.config.StoreConfig;
import io.gatehouse.common.message.PartHealth;
import io.gatehouse.store.GrantTimes;
import io.gatehouse.store.RotationRules;
import io.gatehouse.store.SessionRules;
import io.gatehouse.store.Store;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The store in one file of the data folder: one per process, shared by all its event loops. */
public final class EmbeddedStore implements Store {
    private final ReopeningFile file;
    private final Writer writer;
    private final Sweep sweep;
    private final Clock clock;
    private final EmbeddedTenants tenants;
    private final EmbeddedClients clients;
    private final EmbeddedUsers users;
    private final EmbeddedCodes codes;
    private final EmbeddedDevices devices;
    private final EmbeddedGrants grants;
    private final EmbeddedRevocations revocations;
    private final EmbeddedKeys keys;
    private final EmbeddedJwtApps jwtApps;
    private final EmbeddedSessions sessions;
    private final EmbeddedLogouts logouts;
    private final EmbeddedOneTimeValues oneTimeValues;
    private final EmbeddedPushedRequests pushedRequests;
    private final EmbeddedRegistrations registrations;
    private final EmbeddedSecondFactors secondFactors;
    private final MemoryVerifiers verifiers;
    private final MemoryLimits limits;

    private EmbeddedStore(ReopeningFile file, Writer writer, Sweep sweep, Clock clock, Rules rules) {
        this.file = file;
        this.writer = writer;
        this.sweep = sweep;
        this.clock = clock;
        this.tenants = new EmbeddedTenants(writer);
        this.clients = new EmbeddedClients(writer, rules.log());
        this.users = new EmbeddedUsers(writer, rules.log());
        this.codes = new EmbeddedCodes(writer, rules.log(), rules.sessions());
        this.devices = new EmbeddedDevices(writer);
        this.grants = new EmbeddedGrants(writer, rules.log(), rules.rotation());
        this.revocations = new EmbeddedRevocations(writer, rules.log(), rules.incarnation());
        this.keys = new EmbeddedKeys(writer);
        this.jwtApps = new EmbeddedJwtApps(writer);
        this.sessions = new EmbeddedSessions(writer, rules.log());
        this.logouts = new EmbeddedLogouts(writer);
        this.oneTimeValues = new EmbeddedOneTimeValues(writer);
        this.pushedRequests = new EmbeddedPushedRequests(writer);
        this.registrations = new EmbeddedRegistrations(writer, rules.log());
        this.secondFactors = new EmbeddedSecondFactors(writer, rules.log());
        this.verifiers = new MemoryVerifiers(writer);
        this.limits = new MemoryLimits(writer, MemoryLimits.MOST_KEYS);
    }

    private record Rules(DenialLog log, RotationRules rotation, SessionRules sessions, String incarnation) {}

    /**
     * Opens the data folder, or makes it.
     *
     * @param demo whether it is to hold demo data: a folder holds such data or other, never both
     * @param clock decides what may be swept
     * @return fails with {@link io.gatehouse.store.UnusableStore} where the folder is in use, foreign or damaged
     */
    public static Future<EmbeddedStore> open(
            Vertx vertx, StoreConfig config, GrantTimes times, boolean demo, Clock clock) {
        return vertx.executeBlocking(() -> open(vertx, config, times, demo, clock, DenialLog.Bounds.STANDARD), false);
    }

    static EmbeddedStore open(
            Vertx vertx, StoreConfig config, GrantTimes times, boolean demo, Clock clock, DenialLog.Bounds bounds) {
        DataFolder folder = new DataFolder(config.path());
        folder.prepare();
        StoreFile file = folder.open();
        String incarnation = establish(file, demo, folder, clock.instant());
        DenialLog log = new DenialLog(bounds);
        Sweep sweep = new Sweep(log);
        ReopeningFile reopening = new ReopeningFile(folder.file().toString(), file, System::nanoTime);
        Writer writer = new Writer(vertx, reopening, new Housekeeping(sweep, clock), config.queue());
        writer.start();
        Rules rules = new Rules(log, new RotationRules(times), new SessionRules(times.sessions()), incarnation);
        return new EmbeddedStore(reopening, writer, sweep, clock, rules);
    }

    private static String establish(StoreFile file, boolean demo, DataFolder folder, Instant now) {
        try {
            String incarnation = StoreIdentity.establish(file.tables(), demo, folder, now);
            file.commit();
            return incarnation;
        } catch (RuntimeException e) {
            file.abandon();
            throw e;
        }
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

    @Override
    public Future<PartHealth> check() {
        Map<String, String> details = new HashMap<>();
        details.put("kind", "embedded");
        details.put("waiting", Integer.toString(writer.waiting()));
        return writer.submit(tables -> counts(tables))
                .map(counts -> {
                    details.putAll(counts);
                    return new PartHealth(true, details);
                })
                .otherwise(cause -> new PartHealth(false, details));
    }

    private Map<String, String> counts(Tables tables) {
        return Map.of(
                "tenants", Long.toString(tables.tenants.size()),
                "clients", Long.toString(tables.clients.size()),
                "users", Long.toString(tables.users.size()),
                "jwt_apps", Long.toString(tables.jwtApps.size()),
                "grants", Long.toString(tables.grants.size()),
                "sessions", Long.toString(tables.sessions.size()),
                "denials", Long.toString(tables.denials.size()),
                "limits", Integer.toString(limits.size()),
                "commits", Long.toString(file.open().commits()),
                "file_bytes", Long.toString(file.open().bytes()));
    }

    @Override
    public Future<Void> close() {
        return writer.close().mapEmpty();
    }

    /** A whole round at once, for tests. */
    Future<@Nullable Void> sweep() {
        return writer.submit(tables -> {
            boolean over = false;
            while (!over) {
                over = sweep.slice(tables, clock.instant());
            }
            return null;
        });
    }

    /** For tests of the writer. */
    Writer writer() {
        return writer;
    }
}
