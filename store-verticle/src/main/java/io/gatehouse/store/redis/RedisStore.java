package io.gatehouse.store.redis;

import io.gatehouse.common.config.StoreConfig;
import io.gatehouse.common.message.PartHealth;
import io.gatehouse.store.GrantTimes;
import io.gatehouse.store.Store;
import io.gatehouse.store.UnusableStore;
import io.gatehouse.store.pg.PgStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store on PostgreSQL, with codes, devices, pushed requests, spent values and limits in Redis. */
public final class RedisStore implements Store {
    private static final Logger LOG = LoggerFactory.getLogger(RedisStore.class);

    private final PgStore database;
    private final Link link;
    private final RedisCodes codes;
    private final RedisOneTimeValues oneTimeValues;
    private final RedisDevices devices;
    private final RedisPushedRequests pushedRequests;
    private final RedisLimits limits;

    private RedisStore(PgStore database, Link link, Keyspace names, SpentValues spent) {
        this.database = database;
        this.link = link;
        CodeTable table = new CodeTable(link, names);
        this.codes = new RedisCodes(link, table, spent, database.counterpart(), database.clients());
        this.oneTimeValues = new RedisOneTimeValues(link, spent);
        this.devices = new RedisDevices(link, names, database.sessions());
        this.pushedRequests = new RedisPushedRequests(link, names);
        this.limits = new RedisLimits(link, names);
    }

    /**
     * Opens both.
     *
     * @param config of kind {@code postgres}, with Redis
     * @param demo whether the store is to hold demo data
     * @return fails with {@link UnusableStore}
     */
    public static Future<RedisStore> open(
            Vertx vertx, StoreConfig config, GrantTimes times, boolean demo, Clock clock) {
        return PgStore.open(vertx, config, times, demo, clock)
                .compose(database -> open(vertx, config, clock, database)
                        .recover(cause -> database.close().transform(closed -> Future.failedFuture(cause))));
    }

    private static Future<RedisStore> open(Vertx vertx, StoreConfig config, Clock clock, PgStore database) {
        if (config.redisUri().exposed()) {
            LOG.warn(
                    "The connection to Redis at {} is not encrypted: say rediss in place of redis in store.redis",
                    config.redisUri().place());
        }
        Keyspace names = new Keyspace(database.incarnation());
        SpentValues spent = new SpentValues(names, clock);
        Connector connector = new Connector(vertx, config.redisUri(), config.queue(), Link.CONNECT);
        Link link = new Link(vertx, connector, config.queue(), spent::greet);
        return link.open()
                .recover(cause -> Future.failedFuture(StartFaults.explain(cause, connector.place())))
                .compose(opened -> database.counterpart().claimSpent(clock.instant()))
                .compose(known -> spent.begin(link::send, known))
                .compose(ready -> warnOfEviction(link, connector.place()))
                .map(ready -> new RedisStore(database, link, names, spent))
                .recover(cause -> link.close().transform(closed -> Future.failedFuture(cause)));
    }

    private static Future<?> warnOfEviction(Link link, String place) {
        return Eviction.threatens(link::send).onSuccess(threatens -> {
            if (threatens) {
                LOG.warn(
                        "Redis at {} may throw away what keeps JWTs from counting twice: set its maxmemory-policy to"
                                + " noeviction",
                        place);
            }
        });
    }

    @Override
    public Tenants tenants() {
        return database.tenants();
    }

    @Override
    public Clients clients() {
        return database.clients();
    }

    @Override
    public Users users() {
        return database.users();
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
        return database.grants();
    }

    @Override
    public Revocations revocations() {
        return database.revocations();
    }

    @Override
    public Keys keys() {
        return database.keys();
    }

    @Override
    public JwtApps jwtApps() {
        return database.jwtApps();
    }

    @Override
    public Sessions sessions() {
        return database.sessions();
    }

    @Override
    public Logouts logouts() {
        return database.logouts();
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
        return database.secondFactors();
    }

    @Override
    public Registrations registrations() {
        return database.registrations();
    }

    @Override
    public Verifiers verifiers() {
        return database.verifiers();
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public Future<PartHealth> check() {
        Future<PartHealth> durable = database.check();
        Future<Boolean> shortLived =
                link.send(Request.cmd(Command.PING)).map(true).otherwise(false);
        return Future.join(durable, shortLived).map(both -> health(durable.result(), shortLived.result()));
    }

    private PartHealth health(PartHealth durable, boolean redis) {
        Map<String, String> details = new HashMap<>(durable.details());
        details.put("postgres", state(durable.ready()));
        details.put("redis", state(redis));
        details.put("redis_waiting", Integer.toString(link.underWay()));
        return new PartHealth(durable.ready() && redis, details);
    }

    private static String state(boolean up) {
        return up ? "up" : "gone";
    }

    @Override
    public Future<Void> close() {
        return link.close().transform(closed -> database.close());
    }
}
