package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.message.Codes.Consenting;
import io.gatehouse.common.message.Codes.SessionPutting;
import io.gatehouse.common.message.Codes.SessionPutting.ConsentRequired;
import io.gatehouse.common.message.Codes.SessionPutting.Stored;
import io.gatehouse.common.model.AuthorizationCode;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.Tenant;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a withdrawn consent denies, and that the answer to an old question does not bring it back. */
abstract class WithdrawalContract extends SessionCase {
    private static final String LONG_CLIENT = "ü".repeat(5_000);

    @Test
    void withdraw_deniesEarlierGenerations() {
        Session session = begin(Samples.ADA);
        written(SessionWish.of(session));
        List<SequencedDenial> first = withdraw(session, "web");
        assertThat(first).singleElement().satisfies(line -> denies(line, "web", 2));
        assertThat(log()).isEqualTo(first);
        assertThat(withdraw(session, "web")).as("none holds").isNull();
        forward(Duration.ofSeconds(1));
        written(SessionWish.of(session));
        List<SequencedDenial> second = withdraw(session, "web");
        assertThat(second).singleElement().satisfies(line -> denies(line, "web", 3));
        assertThat(log()).as("one line about one consent").isEqualTo(second);
        reopen(Samples.TIMES);
        assertThat(log()).isEqualTo(second);
    }

    @Test
    void withdraw_deniesOneUsersAndOneClients() {
        Await.result(store.clients().declare(Samples.client(LONG_CLIENT)));
        Session ada = begin(Samples.ADA);
        Session bob = begin(Samples.BOB);
        for (Session session : List.of(ada, bob)) {
            written(SessionWish.of(session));
            written(SessionWish.of(session).by(LONG_CLIENT));
        }
        withdraw(ada, "web");
        withdraw(ada, LONG_CLIENT);
        assertThat(log()).hasSize(2);
        denies(log().getFirst(), "web", 2);
        denies(log().getLast(), LONG_CLIENT, 2);
        withdraw(bob, "web");
        assertThat(log())
                .extracting(line -> line.denial().key())
                .containsExactly(Samples.ADA, Samples.ADA, Samples.BOB);
    }

    @Test
    void withdraw_inParallel_isDoneOnce() {
        Session session = begin(Samples.ADA);
        written(SessionWish.of(session));
        List<Future<@Nullable List<SequencedDenial>>> calls = IntStream.range(0, 16)
                .mapToObj(i -> store.sessions().withdraw(Tenant.MAIN, proof(session), "web", now()))
                .toList();
        List<List<SequencedDenial>> done = new ArrayList<>();
        calls.stream().map(Await::result).filter(Objects::nonNull).forEach(done::add);
        assertThat(done).hasSize(1);
        assertThat(log()).singleElement().satisfies(line -> denies(line, "web", 2));
    }

    @Test
    void theQuestion_saysWhatItIsAbout() {
        Session session = begin(Samples.ADA);
        assertThat(question(session)).as("of the first consent").isEqualTo(1);
        written(SessionWish.of(session));
        assertThat(question(session)).isEqualTo(1);
        withdraw(session, "web");
        assertThat(question(session)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"GIVEN", "GIVEN_ONCE"})
    void anAnswer_doesNotBringBackWhatWasWithdrawnSince(Consenting given) {
        Session session = begin(Samples.ADA);
        SessionWish answer = SessionWish.of(session).consent(given).answering(question(session));
        written(answer);
        assertThat(put(answer)).as("sent twice").isInstanceOf(Stored.class);
        withdraw(session, "web");
        assertThat(put(answer)).isEqualTo(required(session, 2));
        assertThat(put(answer)).isEqualTo(required(session, 2));
        assertThat(withdraw(session, "web")).as("still none holds").isNull();
        AuthorizationCode code = redeemed(written(answer.answering(2)));
        assertThat(code.consentEpoch()).isEqualTo(2);
    }

    /** While the first answer holds, the second one says nothing else. */
    @Test
    void anAnswer_countsAlsoWhereAnotherOneCameBefore() {
        Session session = begin(Samples.ADA);
        long asked = question(session);
        written(SessionWish.of(session).scope("openid").answering(asked));
        written(SessionWish.of(session).scope("openid profile").answering(asked));
        assertThat(question(session)).isEqualTo(asked);
    }

    /** It does not say which question it answers. */
    @Test
    void anAnswer_ofAnOlderBuildCountsAsBefore() {
        Session session = begin(Samples.ADA);
        written(SessionWish.of(session));
        withdraw(session, "web");
        assertThat(redeemed(written(SessionWish.of(session))).consentEpoch()).isEqualTo(2);
    }

    @Test
    void anAnswer_andAWithdrawalAtOnce_leaveNothingOfTheOldGeneration() {
        Session session = begin(Samples.ADA);
        for (long epoch = 1; epoch < 30; epoch++) {
            written(SessionWish.of(session).answering(epoch));
            SessionWish more = SessionWish.of(session).scope("openid profile").answering(epoch);
            Future<@Nullable List<SequencedDenial>> withdrawal =
                    store.sessions().withdraw(Tenant.MAIN, proof(session), "web", now());
            Future<SessionPutting> answer = store.codes().put(more.order(now()), now());
            assertThat(Await.result(withdrawal)).isNotNull();
            Await.result(answer);
            assertThat(put(SessionWish.of(session).consent(Consenting.REMEMBERED)))
                    .isEqualTo(required(session, epoch + 1));
        }
    }

    private long question(Session session) {
        SessionPutting putting = put(SessionWish.of(session).consent(Consenting.TO_BE_ASKED));
        return ((ConsentRequired) putting).consentEpoch();
    }

    private ConsentRequired required(Session session, long epoch) {
        return new ConsentRequired(session.id().sid(), find(session).user().profile(), Scope.EMPTY, epoch);
    }

    private @Nullable List<SequencedDenial> withdraw(Session session, String clientId) {
        return Await.result(store.sessions().withdraw(Tenant.MAIN, proof(session), clientId, now()));
    }

    private void denies(SequencedDenial line, String clientId, long epoch) {
        assertThat(line.denial())
                .isEqualTo(new Denial(
                        Tenant.MAIN,
                        Denial.Kind.CONSENT,
                        Samples.ADA,
                        epoch,
                        clientId,
                        now().plus(Duration.ofMinutes(61))));
    }
}
