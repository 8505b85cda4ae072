package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.SessionId;
import io.gatehouse.common.model.Tenant;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

abstract class SessionEndContract extends SessionCase {
    @Test
    void end_deniesWhatTheSessionGaveAndTellsListeners() {
        Await.result(store.clients().declare(Samples.client("app")));
        Await.result(store.clients().declare(Samples.client("deaf")));
        Session session = begin(Samples.ADA);
        put(SessionWish.of(session).listening());
        put(SessionWish.of(session).listening());
        put(SessionWish.of(session).by("app").listening());
        put(SessionWish.of(session).by("deaf"));
        List<SequencedDenial> denials = end(session);
        assertThat(denials).singleElement().satisfies(line -> denies(line, session));
        assertThat(log()).isEqualTo(denials);
        assertThat(find(session)).isNull();
        List<PendingLogout> logouts = claim();
        assertThat(logouts).extracting(PendingLogout::clientId).containsExactlyInAnyOrder("web", "app");
        assertThat(logouts).allSatisfy(logout -> {
            assertThat(logout.tenant()).isEqualTo(Tenant.MAIN);
            assertThat(logout.subject()).isEqualTo(Samples.ADA);
            assertThat(logout.session()).isEqualTo(session.id());
            assertThat(logout.tries()).isZero();
        });
        reopen(Samples.TIMES);
        assertThat(find(session)).isNull();
        assertThat(end(session)).isNull();
    }

    @Test
    void end_ofAnother_isForTheSameUserOnly() {
        Session own = begin(Samples.ADA);
        Session other = begin(Samples.ADA);
        Session bob = begin(Samples.BOB);
        assertThat(end(own, bob.id())).isNull();
        assertThat(end(own, SessionId.expiring(own.expiresAt()))).isNull();
        assertThat(log()).isEmpty();
        assertThat(find(bob)).isNotNull();
        assertThat(end(own, other.id())).singleElement().satisfies(line -> denies(line, other));
        assertThat(find(other)).isNull();
        assertThat(find(own)).isNotNull();
        assertThat(end(own, own.id())).singleElement().satisfies(line -> denies(line, own));
        assertThat(find(own)).isNull();
    }

    @Test
    void end_needsASessionThatCounts() {
        Session own = begin(Samples.ADA);
        Session other = begin(Samples.ADA);
        Session renewed = begin(Samples.ADA, proof(own)).session();
        assertThat(end(own)).as("the secret is an old one").isNull();
        assertThat(end(own, other.id())).isNull();
        assertThat(Await.result(store.sessions().end(OTHER_TENANT, proof(renewed), null, now())))
                .isNull();
        assertThat(find(renewed)).isNotNull();
        assertThat(find(other)).isNotNull();
    }

    @Test
    void end_inParallel_deniesOnce() {
        Session session = begin(Samples.ADA);
        put(SessionWish.of(session).listening());
        List<Future<@Nullable List<SequencedDenial>>> ends = IntStream.range(0, 32)
                .mapToObj(i -> store.sessions().end(Tenant.MAIN, proof(session), null, now()))
                .toList();
        List<List<SequencedDenial>> done = new ArrayList<>();
        ends.stream().map(Await::result).filter(Objects::nonNull).forEach(done::add);
        assertThat(done).hasSize(1);
        assertThat(log()).singleElement().satisfies(line -> denies(line, session));
        assertThat(claim()).hasSize(1);
    }

    @Test
    void end_makesLogoutsOfAThousandPerClient() {
        for (int i = 0; i < PendingLogout.MOST_OF_CLIENT + 3; i++) {
            Session session = begin(Samples.ADA);
            put(SessionWish.of(session).listening());
            end(session);
        }
        List<PendingLogout> logouts = new ArrayList<>(claim());
        logouts.addAll(claim());
        assertThat(logouts).hasSize(PendingLogout.MOST_OF_CLIENT);
    }

    private @Nullable List<SequencedDenial> end(Session own, SessionId other) {
        return Await.result(store.sessions().end(Tenant.MAIN, proof(own), other, now()));
    }
}
