package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.bus.BusNode;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.message.AssertionGrants;
import io.gatehouse.common.message.ClientAssertions;
import io.gatehouse.common.message.ClientDrafts;
import io.gatehouse.common.message.ClientJwts;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.Codes;
import io.gatehouse.common.message.Devices;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.message.Grants;
import io.gatehouse.common.message.IdTokens;
import io.gatehouse.common.message.Issuer;
import io.gatehouse.common.message.JwtAppTokens;
import io.gatehouse.common.message.JwtApps;
import io.gatehouse.common.message.Logouts;
import io.gatehouse.common.message.OneTimeValues;
import io.gatehouse.common.message.PageKeys;
import io.gatehouse.common.message.PushedRequests;
import io.gatehouse.common.message.RateLimits;
import io.gatehouse.common.message.Registrations;
import io.gatehouse.common.message.Request;
import io.gatehouse.common.message.Revocations;
import io.gatehouse.common.message.Sessions;
import io.gatehouse.common.message.Tenants;
import io.gatehouse.common.message.UpstreamAssertions;
import io.gatehouse.common.message.Users;
import io.gatehouse.common.message.VerificationKeys;
import io.gatehouse.common.message.Verifiers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * A gateway's side of a real bus, with stand-ins for the store and the token role behind it: this module may not see the
 * real ones. A test says what they answer; what it does not say is refused as {@code Unavailable}.
 */
public final class TestNode implements AutoCloseable {
    public static final String ISSUER = "https://login.example.org";
    static final Duration CODE_LIFE = Duration.ofMinutes(1);
    static final Duration PUSHED_LIFE = Duration.ofSeconds(90);

    public final Vertx vertx = Vertx.vertx();
    public final TestClock clock = new TestClock();
    public final TestLog log = new TestLog();
    /** Everything that was asked, in order. */
    public final List<Request<?>> asked = new CopyOnWriteArrayList<>();

    /** Where clients publish their keys: nowhere, unless a test says so. */
    public ClientKeySets keySets = (client, kid) -> Future.succeededFuture();

    /** Whose certificates count: nobody's, unless a test says so. */
    public CertificateChains chains = CertificateChains.NONE;

    public final Bus bus;
    private final Bus others;
    /** What lies where clients keep their requests. */
    ObjectSource source = (client, place) -> Future.failedFuture(unavailable());

    /** What lies where strangers say. */
    public ClientDocuments documents = (place, largest) -> Future.failedFuture(unavailable());

    private final Map<Class<?>, Function<Request<?>, Future<?>>> answers = new ConcurrentHashMap<>();

    public TestNode() {
        Bus.register(vertx);
        BusNode node = new BusNode("test");
        this.bus = new Bus(vertx, node, 0);
        this.others = new Bus(vertx, node, 1);
        await(Future.all(List.of(
                others.serve(Tenants.class, Tenants.ADDRESS, this::answer),
                others.serve(Clients.class, Clients.ADDRESS, this::answer),
                others.serve(Users.class, Users.ADDRESS, this::answer),
                others.serve(Grants.class, Grants.ADDRESS, this::answer),
                others.serve(Codes.class, Codes.ADDRESS, this::answer),
                others.serve(Devices.class, Devices.ADDRESS, this::answer),
                others.serve(Sessions.class, Sessions.ADDRESS, this::answer),
                others.serve(Logouts.class, Logouts.ADDRESS, this::answer),
                others.serve(PushedRequests.class, PushedRequests.ADDRESS, this::answer),
                others.serve(Registrations.class, Registrations.ADDRESS, this::answer),
                others.serve(RateLimits.class, RateLimits.ADDRESS, this::answer),
                others.serve(ClientDrafts.class, ClientDrafts.ADDRESS, this::answer),
                others.serve(IdTokens.class, IdTokens.ADDRESS, this::answer),
                others.serve(PageKeys.class, PageKeys.ADDRESS, this::answer),
                others.serve(JwtApps.class, JwtApps.ADDRESS, this::answer),
                others.serve(JwtAppTokens.class, JwtAppTokens.ADDRESS, this::answer),
                others.serve(ClientJwts.class, ClientJwts.ADDRESS, this::answer),
                others.serve(AssertionGrants.class, AssertionGrants.ADDRESS, this::answer),
                others.serve(ClientAssertions.class, ClientAssertions.ADDRESS, this::answer),
                others.serve(OneTimeValues.class, OneTimeValues.ADDRESS, this::answer),
                others.serve(Revocations.class, Revocations.ADDRESS, this::answer),
                others.serve(UpstreamAssertions.class, UpstreamAssertions.ADDRESS, this::answer),
                others.serve(Verifiers.class, Verifiers.ADDRESS, this::answer),
                others.serve(Issuer.class, Issuer.ADDRESS, this::answer),
                others.serve(VerificationKeys.class, VerificationKeys.ADDRESS, this::answer))));
        on(Revocations.Read.class, log::read);
        on(PageKeys.Get.class, get -> PageKeySets.of(2, TestClock.START.plus(Duration.ofDays(1))));
    }

    private Future<?> answer(Request<?> request) {
        asked.add(request);
        Function<Request<?>, Future<?>> answer = answers.get(request.getClass());
        return answer == null ? Future.failedFuture(unavailable()) : answer.apply(request);
    }

    /** Answers a kind of request from now on. */
    public <Q extends Request<?>> TestNode on(Class<Q> type, Function<Q, Record> answer) {
        return onLater(type, request -> Future.succeededFuture(answer.apply(request)));
    }

    /** As {@link #on}, but the answer takes its time. */
    public <Q extends Request<?>> TestNode onLater(Class<Q> type, Function<Q, Future<? extends Record>> answer) {
        answers.put(type, request -> answer.apply(type.cast(request)));
        return this;
    }

    public <Q extends Request<?>> TestNode failing(Class<Q> type, OAuthError error) {
        return onLater(type, request -> Future.failedFuture(error.failure()));
    }

    /** What was asked of that kind, in order. */
    public <Q extends Request<?>> List<Q> asked(Class<Q> type) {
        return asked.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The one request of that kind. */
    public <Q extends Request<?>> Q askedOnce(Class<Q> type) {
        List<Q> all = asked(type);
        if (all.size() != 1) {
            throw new AssertionError(type.getSimpleName() + " was asked " + all.size() + " times: " + asked);
        }
        return all.getFirst();
    }

    public void publish(Event event) {
        others.publish(event);
    }

    /** A token counts no more, and all hear of it. */
    public void revoke(String jti) {
        publish(log.push(log.append(jti)));
    }

    /** What the gateway knows, once it follows the log. */
    public Knowledge knowledge() {
        Knowledge knowledge = new Knowledge(clock, Duration.ofHours(1));
        await(knowledge.follow(bus));
        return knowledge;
    }

    public Protocol protocol(Knowledge knowledge) {
        return new Protocol(
                vertx,
                bus,
                knowledge,
                clock,
                new ProtocolSettings(ISSUER, null, family -> CODE_LIFE, PUSHED_LIFE, false, List.of()),
                (client, kid) -> keySets.of(client, kid),
                (client, place) -> source.fetch(client, place),
                (place, largest) -> documents.fetch(place, largest),
                shown -> chains.isTrusted(shown));
    }

    public static RuntimeException unavailable() {
        return new OAuthError.Unavailable("store").failure();
    }

    public static <T> T await(Future<T> future) {
        try {
            return future.await(30, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("no answer after 30 s", late);
        }
    }

    /** The error that it fails with. */
    public static OAuthError refusal(Future<?> future) {
        try {
            throw new AssertionError("succeeded with " + await(future));
        } catch (OAuthFailure refused) {
            return refused.error();
        }
    }

    public static void eventually(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within 30 s: " + what);
            }
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
