package io.gatehouse.common.client;

import io.gatehouse.common.bus.ApplicationLine;
import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.codec.RecordCodec;
import io.gatehouse.common.crypto.Base64Url;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.message.Revocations;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.verify.AccessToken;
import io.gatehouse.common.verify.RevocationList;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Gatehouse from inside another Vert.x application, on the same Vert.x or in the same cluster. Every operation fails with
 * {@code OAuthFailure}; what the configuration does not grant the application is access_denied.
 */
public final class Gatehouse {
    private static final System.Logger LOG = System.getLogger(Gatehouse.class.getName());
    /** Of the staleness bound: so often is the log read where nothing happens, or nothing is heard. */
    private static final int READS = 4;
    /** So often it is asked for where heartbeats fail to come. */
    private static final long LISTENED_MILLIS = 500;

    private static final long BETWEEN_COMPLAINTS_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Vertx vertx;
    private final ApplicationLine line;
    private final RevocationList revocations;
    private final LocalVerifier verifier;
    private final Pulls revoked;
    private final Pulls keys;
    /** The last line that somebody spoke of since the log was asked for. */
    private final AtomicLong hinted = new AtomicLong();

    private final AtomicLong complained = new AtomicLong(System.nanoTime() - BETWEEN_COMPLAINTS_NANOS);
    private final Silence silence;
    private final List<Long> timers;

    private Gatehouse(
            Vertx vertx,
            ApplicationLine line,
            RevocationList revocations,
            LocalVerifier verifier,
            Application application,
            LongSupplier nanoTime) {
        Duration between = application.staleness().dividedBy(READS);
        this.vertx = vertx;
        this.line = line;
        this.revocations = revocations;
        this.verifier = verifier;
        this.revoked = new Pulls(vertx, this::pull);
        this.keys = new Pulls(vertx, verifier::load);
        this.silence = new Silence(between, nanoTime);
        this.timers = List.of(
                vertx.setPeriodic(between.toMillis(), tick -> readLog()),
                vertx.setPeriodic(LISTENED_MILLIS, tick -> breakSilence()));
    }

    /** Completes once keys and revocations are known, so that verification may begin. */
    public static Future<Gatehouse> connect(Vertx vertx, Application application) {
        return connect(vertx, application, Clock.systemUTC(), System::nanoTime);
    }

    /** @param nanoTime a clock that never goes back */
    static Future<Gatehouse> connect(Vertx vertx, Application application, Clock clock, LongSupplier nanoTime) {
        Bus.registerOnce(vertx);
        ApplicationLine line = new ApplicationLine(vertx, application.id(), application.secret(), clock);
        RevocationList revocations = new RevocationList(clock, application.staleness(), nanoTime);
        return line.ask("keys", new JsonObject()).compose(told -> {
            LocalVerifier verifier =
                    new LocalVerifier(line, revocations, application.audience(), clock, KeySet.read(told));
            Gatehouse gatehouse = new Gatehouse(vertx, line, revocations, verifier, application, nanoTime);
            return line.hear(gatehouse::hear)
                    .compose(listening -> revocations.read(log(line, 0)))
                    .map(gatehouse)
                    .onFailure(failure -> gatehouse.close());
        });
    }

    /** @param least a line that a gateway may answer with by what it heard itself; 0: it has to read the log */
    private static RevocationList.Source log(ApplicationLine line, long least) {
        return (after, limit) -> {
            JsonObject parameters = new JsonObject().put("after", after).put("limit", limit);
            if (least != 0) {
                parameters.put("at_least", least);
            }
            return line.ask("revocations", parameters).map(Gatehouse::known);
        };
    }

    private static RevocationList.Known known(JsonObject told) {
        Bytes page = Objects.requireNonNull(Base64Url.decode(told.getString("page", "")));
        long age = Math.max(0, told.getLong("age", 0L));
        return new RevocationList.Known(RecordCodec.decode(page, Revocations.Page.class), Duration.ofMillis(age));
    }

    /** Whatever was hinted at: what a gateway heard may be too old, and whoever makes up hints must not have it asked for each time. */
    private void readLog() {
        hinted.set(RevocationList.OTHER_LOG);
        revoked.ask();
    }

    private Future<?> pull() {
        return revocations.read(log(line, hinted.getAndSet(0))).onFailure(failure -> unread());
    }

    private void unread() {
        long now = System.nanoTime();
        long before = complained.get();
        if (now - before >= BETWEEN_COMPLAINTS_NANOS && complained.compareAndSet(before, now)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the gateways don't tell what was revoked; tokens are refused once that lasts too long");
        }
    }

    /** Anybody may say anything there: what is new, and that nothing is, is for the gateways to tell. */
    private void hear(Event event) {
        if (event instanceof Event.Heartbeat) {
            silence.heard();
        }
        if (event instanceof Event.KeysChanged changed && changed.tenant().equals(verifier.tenant())) {
            keys.ask();
            return;
        }
        long untold = revocations.untold(event);
        if (untold != 0) {
            hinted.accumulateAndGet(untold, Math::max);
            revoked.ask();
        }
    }

    /** Whoever was cut off may be answered again before anything is told to it. */
    private void breakSilence() {
        if (silence.lasts()) {
            readLog();
        }
    }

    /**
     * Verifies an access token here, without asking anybody once keys are known.
     *
     * @return the token, for this application's audience; fails with invalid_token, and with {@code Unavailable} where
     *     revocations were not heard of for too long
     */
    public Future<AccessToken> verify(String token) {
        return verifier.verify(token);
    }

    /**
     * Asks for tokens as at the token endpoint (RFC 6749, section 3.2), with its parameters and its answer.
     *
     * @param parameters with {@code client_id} and, of a confidential client, {@code client_secret}
     */
    public Future<JsonObject> issue(Map<String, String> parameters) {
        return line.ask("issue", json(parameters));
    }

    /** Exchanges a token (RFC 8693): as {@link #issue}, whose grant type this is. */
    public Future<JsonObject> exchange(Map<String, String> parameters) {
        JsonObject asked = json(parameters).put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
        return line.ask("exchange", asked);
    }

    /** What a token is, as at the introspection endpoint (RFC 7662, section 2.2). */
    public Future<JsonObject> introspect(String clientId, String clientSecret, String token) {
        return line.ask("introspect", client(clientId, clientSecret).put("token", token));
    }

    /** Revokes a token of the client's own (RFC 7009): an access token goes alone, a refresh token with all that came from it. */
    public Future<Void> revoke(String clientId, String clientSecret, String token) {
        return line.ask("revoke", client(clientId, clientSecret).put("token", token))
                .mapEmpty();
    }

    /** A user by its subject, with claims by their OpenID Connect names; fails with {@code NotFound}. */
    public Future<JsonObject> user(String subject) {
        return line.ask("users", new JsonObject().put("subject", subject));
    }

    /** Tells of every token, grant, session, user, client or key that is denied from now on, at least once. */
    public void onRevoked(Consumer<Denial> listener) {
        revocations.listen(listener);
    }

    /** Whether verification works: keys are known, and revocations were heard of lately. */
    public boolean isReady() {
        return revocations.isFresh();
    }

    /** Stops listening: from then on, tokens are refused once what is known is stale. */
    public Future<Void> close() {
        timers.forEach(vertx::cancelTimer);
        return line.close();
    }

    private static JsonObject client(String clientId, String clientSecret) {
        return new JsonObject().put("client_id", clientId).put("client_secret", clientSecret);
    }

    private static JsonObject json(Map<String, String> parameters) {
        JsonObject json = new JsonObject();
        parameters.forEach(json::put);
        return json;
    }
}
