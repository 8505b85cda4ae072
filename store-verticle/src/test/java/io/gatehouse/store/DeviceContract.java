package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.error.OAuthError.Conflict;
import io.gatehouse.common.message.Codes.Consenting;
import io.gatehouse.common.message.Codes.PutBySession;
import io.gatehouse.common.message.Codes.SessionPutting;
import io.gatehouse.common.message.Codes.Take;
import io.gatehouse.common.message.Codes.TakeRefusal;
import io.gatehouse.common.message.Devices;
import io.gatehouse.common.message.Devices.Decide;
import io.gatehouse.common.message.Devices.Poll;
import io.gatehouse.common.message.Devices.Polled;
import io.gatehouse.common.message.Devices.State;
import io.gatehouse.common.message.Devices.Waiting;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.GrantId;
import io.gatehouse.common.model.RequestedAccess;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.TokenFamily;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class DeviceContract extends SessionCase {
    private static final String TV = "tv";
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Digest USER_CODE = Digest.of("WDJBMJHT");
    private static final RequestedAccess ACCESS = new RequestedAccess(List.of("https://api.example.org/ä"));

    @BeforeEach
    void declareDevice() {
        Await.result(store.clients().declare(tv()));
    }

    @Test
    void find_givesWhatWaits() {
        DeviceRequest request = begin(USER_CODE);
        forward(Duration.ofMinutes(9));
        assertThat(find(USER_CODE))
                .isEqualTo(new Waiting(request.device(), TV, request.scope(), ACCESS, request.expiresAt()));
        assertThat(find(Digest.of("another"))).isNull();
        assertThat(Await.result(store.devices().find(OTHER_TENANT, USER_CODE, now())))
                .isNull();
        forward(Duration.ofMinutes(1));
        assertThat(find(USER_CODE)).as("expired").isNull();
    }

    @Test
    void begin_givesAUserCodeToOneLiveRequestOfATenant() {
        DeviceRequest first = begin(USER_CODE);
        Await.fails(store.devices().begin(request(Tenant.MAIN, USER_CODE), now()), Conflict.class);
        assertThat(find(USER_CODE).device()).isEqualTo(first.device());
        DeviceRequest elsewhere = request(OTHER_TENANT, USER_CODE);
        Await.result(store.devices().begin(elsewhere, now()));
        assertThat(decide(first, true)).isTrue();
        Await.fails(store.devices().begin(request(Tenant.MAIN, USER_CODE), now()), Conflict.class);
        forward(LIFE);
        DeviceRequest next = begin(USER_CODE);
        assertThat(find(USER_CODE).device()).isEqualTo(next.device());
    }

    @Test
    void begin_inParallelGivesAUserCodeOnce_alsoAroundMidnight() {
        Instant midnight = Instant.ofEpochSecond((now().getEpochSecond() / 86_400 + 1) * 86_400);
        forward(Duration.between(now(), midnight).minus(LIFE));
        List<Future<Boolean>> begins = IntStream.range(0, 32)
                .mapToObj(i -> {
                    Instant end = midnight.minusSeconds(i % 2);
                    return store.devices()
                            .begin(request(Tenant.MAIN, USER_CODE, end), now())
                            .map(true)
                            .otherwise(false);
                })
                .toList();
        assertThat(Await.results(begins)).filteredOn(begun -> begun).hasSize(1);
    }

    @Test
    void poll_saysHowItStands() {
        DeviceRequest request = begin(USER_CODE);
        assertThat(poll(request)).isEqualTo(new Polled(State.PENDING, INTERVAL));
        forward(INTERVAL);
        assertThat(poll(request)).isEqualTo(new Polled(State.PENDING, INTERVAL));
        assertThat(decide(request, true)).isTrue();
        forward(INTERVAL);
        assertThat(poll(request)).isEqualTo(new Polled(State.ALLOWED, INTERVAL));
        forward(LIFE);
        assertThat(poll(request).state()).isEqualTo(State.EXPIRED);
        DeviceRequest refused = begin(Digest.of("another"));
        assertThat(decide(refused, false)).isTrue();
        assertThat(poll(refused).state()).isEqualTo(State.DENIED);
        assertThat(poll(refused).state()).isEqualTo(State.DENIED);
    }

    @Test
    void poll_makesTheIntervalLongerWhereItComesTooEarly() {
        DeviceRequest request = begin(USER_CODE);
        poll(request);
        forward(Duration.ofSeconds(4));
        assertThat(poll(request)).isEqualTo(new Polled(State.TOO_EARLY, Duration.ofSeconds(10)));
        forward(Duration.ofSeconds(9));
        assertThat(poll(request)).isEqualTo(new Polled(State.TOO_EARLY, Duration.ofSeconds(15)));
        forward(Duration.ofSeconds(15).minus(DeviceRules.TOLERANCE));
        assertThat(poll(request)).isEqualTo(new Polled(State.PENDING, Duration.ofSeconds(15)));
    }

    @Test
    void poll_isTheClientsAlone() {
        DeviceRequest request = begin(USER_CODE);
        Polled unknown = new Polled(State.UNKNOWN, Duration.ZERO);
        assertThat(Await.result(store.devices().poll(new Poll(Tenant.MAIN, "web", request.device()), now())))
                .isEqualTo(unknown);
        assertThat(Await.result(store.devices().poll(new Poll(OTHER_TENANT, TV, request.device()), now())))
                .isEqualTo(unknown);
        CodeId nobodys = CodeId.make(now().plus(LIFE)).id();
        assertThat(Await.result(store.devices().poll(new Poll(Tenant.MAIN, TV, nobodys), now())))
                .isEqualTo(unknown);
        assertThat(poll(request))
                .as("a stranger's poll counts against nobody")
                .isEqualTo(new Polled(State.PENDING, INTERVAL));
    }

    @Test
    void poll_inParallelIsAnsweredOnce() {
        DeviceRequest request = begin(USER_CODE);
        decide(request, true);
        List<Future<Polled>> polls = IntStream.range(0, 64)
                .mapToObj(i -> store.devices().poll(new Poll(Tenant.MAIN, TV, request.device()), now()))
                .toList();
        List<Polled> answers = Await.results(polls);
        assertThat(answers)
                .filteredOn(answer -> answer.state() == State.ALLOWED)
                .hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.state() == State.TOO_EARLY)
                .hasSize(63)
                .extracting(Polled::interval)
                .doesNotHaveDuplicates();
    }

    @Test
    void decide_countsOnceAndWhileItWaits() {
        DeviceRequest request = begin(USER_CODE);
        Session session = begin(Samples.ADA);
        List<Future<Boolean>> decisions = IntStream.range(0, 32)
                .mapToObj(i -> store.devices().decide(decision(session, request, i % 2 == 0), now()))
                .toList();
        assertThat(Await.results(decisions)).filteredOn(done -> done).hasSize(1);
        State decided = poll(request).state();
        assertThat(find(USER_CODE)).as("decided").isNull();
        assertThat(decide(request, decided != State.ALLOWED)).isFalse();
        forward(INTERVAL);
        assertThat(poll(request).state()).isEqualTo(decided);
        DeviceRequest late = begin(Digest.of("late"));
        forward(LIFE);
        assertThat(decide(late, true)).isFalse();
    }

    @Test
    void decide_needsASessionThatCounts() {
        DeviceRequest request = begin(USER_CODE);
        Session ended = begin(Samples.ADA);
        end(ended);
        assertThat(decide(ended, request)).isFalse();
        Session renewed = begin(Samples.ADA);
        begin(Samples.ADA, proof(renewed));
        assertThat(decide(renewed, request)).as("an old secret").isFalse();
        Session loggedOut = begin(Samples.BOB);
        Await.result(store.users().logOut(Tenant.MAIN, Samples.BOB, now()));
        assertThat(decide(loggedOut, request)).isFalse();
        assertThat(poll(request).state()).isEqualTo(State.PENDING);
        Session elsewhere = begin(Samples.ADA);
        Decide foreign = new Decide(OTHER_TENANT, proof(elsewhere), request.device(), true);
        assertThat(Await.result(store.devices().decide(foreign, now()))).isFalse();
        assertThat(decide(elsewhere, request)).isTrue();
    }

    @Test
    void theCodeOfADecision_isTakenOnceAndByNoneButTheDevice() {
        DeviceRequest request = begin(USER_CODE);
        Session session = begin(Samples.ADA);
        SessionCodeOrder order = order(session, request);
        assertThat(put(order)).isInstanceOf(SessionPutting.Stored.class);
        Await.fails(store.codes().put(order(begin(Samples.BOB), request), now()), Conflict.class);
        assertThat(reason(new Take(Tenant.MAIN, TV, request.device(), null, null)))
                .as("a device code is no code")
                .isEqualTo(TakeRefusal.UNKNOWN);
        List<Future<CodeResult>> takes = IntStream.range(0, 64)
                .mapToObj(i -> store.codes().take(take(request), now()))
                .toList();
        List<CodeResult> results = Await.results(takes);
        assertThat(results)
                .filteredOn(CodeResult.Redeemed.class::isInstance)
                .singleElement()
                .satisfies(won -> {
                    var code = ((CodeResult.Redeemed) won).code();
                    assertThat(code.subject()).isEqualTo(Samples.ADA);
                    assertThat(code.access()).isEqualTo(ACCESS);
                    assertThat(code.sessionId()).isEqualTo(session.id().sid());
                });
        Await.fails(store.codes().put(order(session, request), now()), Conflict.class);
        assertThat(reason(take(request))).as("no second life").isEqualTo(TakeRefusal.REPLAYED);
    }

    @Test
    void theCodeOfADecision_diesWithSessionAndClient() {
        DeviceRequest request = begin(USER_CODE);
        Session session = begin(Samples.ADA);
        put(order(session, request));
        end(session);
        assertThat(reason(take(request))).isEqualTo(TakeRefusal.SUBJECT_REFUSED);
        DeviceRequest other = begin(Digest.of("another"));
        put(order(begin(Samples.ADA), other));
        Await.result(store.clients().disable(Tenant.MAIN, TV, now()));
        assertThat(reason(take(other))).isEqualTo(TakeRefusal.CLIENT_REFUSED);
        DeviceRequest third = begin(Digest.of("third"));
        assertThat(put(order(begin(Samples.ADA), third))).isEqualTo(new SessionPutting.ClientRefused());
    }

    private DeviceRequest begin(Digest userCode) {
        DeviceRequest request = request(Tenant.MAIN, userCode);
        Await.result(store.devices().begin(request, now()));
        return request;
    }

    private DeviceRequest request(String tenant, Digest userCode) {
        return request(tenant, userCode, now().plus(LIFE));
    }

    private DeviceRequest request(String tenant, Digest userCode, Instant end) {
        Devices.Begin begin = new Devices.Begin(
                tenant,
                TV,
                CodeId.make(end).id(),
                userCode,
                Scope.parse("openid api"),
                ACCESS,
                INTERVAL,
                "203.0.113.7",
                end,
                false);
        return DeviceRequest.of(begin, now());
    }

    private Waiting find(Digest userCode) {
        return Await.result(store.devices().find(Tenant.MAIN, userCode, now()));
    }

    private Polled poll(DeviceRequest request) {
        return Await.result(store.devices().poll(new Poll(Tenant.MAIN, TV, request.device()), now()));
    }

    private boolean decide(DeviceRequest request, boolean allowed) {
        return Await.result(store.devices().decide(decision(begin(Samples.ADA), request, allowed), now()));
    }

    private boolean decide(Session session, DeviceRequest request) {
        return Await.result(store.devices().decide(decision(session, request, true), now()));
    }

    private static Decide decision(Session session, DeviceRequest request, boolean allowed) {
        return new Decide(Tenant.MAIN, proof(session), request.device(), allowed);
    }

    private static Take take(DeviceRequest request) {
        return new Take(Tenant.MAIN, TV, request.device().ofDevice(), null, null);
    }

    private TakeRefusal reason(Take take) {
        return ((CodeResult.Refused) Await.result(store.codes().take(take, now()))).reason();
    }

    private SessionCodeOrder order(Session session, DeviceRequest request) {
        Instant grantEnd = Samples.TIMES.end(TokenFamily.OAUTH, now());
        PutBySession put = new PutBySession(
                Tenant.MAIN,
                proof(session),
                TV,
                TokenFamily.OAUTH,
                request.scope(),
                Consenting.GIVEN,
                null,
                null,
                false,
                null,
                null,
                null,
                null,
                request.device().ofDevice(),
                request.expiresAt(),
                null,
                request.access(),
                0);
        return new SessionCodeOrder(put, GrantId.expiring(grantEnd), grantEnd);
    }

    /** It may use no other grant. */
    private static Client tv() {
        Client web = Samples.client(TV);
        return new Client(
                web.tenant(),
                web.clientId(),
                web.clientName(),
                web.authMethod(),
                web.secretDigests(),
                web.declaredSecret(),
                List.of(),
                List.of(Devices.GRANT_TYPE),
                List.of(),
                web.scope(),
                null,
                true,
                false,
                0,
                0,
                web.createdAt(),
                null,
                null);
    }
}
