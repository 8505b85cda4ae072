package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.UserState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class SessionContract extends SessionCase {
    @Test
    void begin_writesTheSessionAndTheTimeOfLogin() {
        forward(Duration.ofMinutes(1));
        Session session = begin(Samples.ADA);
        SessionRows rows = find(session);
        assertThat(rows.session()).isEqualTo(session);
        assertThat(rows.user().profile().subject()).isEqualTo(Samples.ADA);
        assertThat(rows.user().profile().lastLoginAt()).isEqualTo(now());
        reopen(Samples.TIMES);
        assertThat(find(session)).isEqualTo(rows);
    }

    @Test
    void begin_byTheSameUser_goesOnUnderTheNewSecret() {
        Session first = begin(Samples.ADA);
        put(SessionWish.of(first).listening());
        forward(Duration.ofHours(1));
        SessionBegun again = begin(Samples.ADA, proof(first));
        assertThat(again.denials()).isEmpty();
        Session session = again.session();
        assertThat(session.id()).isEqualTo(first.id());
        assertThat(session.authTime()).isEqualTo(now());
        assertThat(session.createdAt()).isEqualTo(first.createdAt());
        assertThat(session.expiresAt()).isEqualTo(first.expiresAt());
        assertThat(session.listeners()).containsExactly("web");
        assertThat(find(session).session()).isEqualTo(session);
        assertThat(find(first)).as("whoever knew the old secret is out").isNull();
    }

    @Test
    void begin_byAnotherUser_endsTheFormersSession() {
        Session ada = begin(Samples.ADA);
        put(SessionWish.of(ada).listening());
        SessionBegun bob = begin(Samples.BOB, proof(ada));
        assertThat(bob.session().id()).isNotEqualTo(ada.id());
        assertThat(bob.session().subject()).isEqualTo(Samples.BOB);
        assertThat(bob.denials()).singleElement().satisfies(line -> denies(line, ada));
        assertThat(log()).isEqualTo(bob.denials());
        assertThat(find(ada)).isNull();
        assertThat(find(bob.session())).isNotNull();
        assertThat(claim()).singleElement().satisfies(logout -> {
            assertThat(logout.clientId()).isEqualTo("web");
            assertThat(logout.subject()).isEqualTo(Samples.ADA);
            assertThat(logout.session()).isEqualTo(ada.id());
        });
    }

    @Test
    void begin_withASessionThatDoesNotCount_leavesItAlone() {
        Session ada = begin(Samples.ADA);
        SessionProof guessed = new SessionProof(ada.id(), Digest.of("guessed"));
        SessionBegun bob = begin(Samples.BOB, guessed);
        assertThat(bob.denials()).isEmpty();
        assertThat(begin(Samples.ADA, guessed).session().id()).isNotEqualTo(ada.id());
        assertThat(find(ada)).isNotNull();
        forward(TIMES.idleTtl());
        assertThat(begin(Samples.ADA, proof(ada)).session().id()).isNotEqualTo(ada.id());
    }

    @Test
    void find_needsIdSecretAndTenant() {
        Session ada = begin(Samples.ADA);
        Session other = begin(Samples.ADA);
        assertThat(found(Tenant.MAIN, new SessionProof(ada.id(), other.secret())))
                .isNull();
        assertThat(found(Tenant.MAIN, new SessionProof(ada.id(), Digest.of("x"))))
                .isNull();
        assertThat(found(OTHER_TENANT, proof(ada))).isNull();
        assertThat(found("nowhere", proof(ada))).isNull();
        assertThat(found(Tenant.MAIN, proof(ada))).isNotNull();
    }

    @Test
    void find_endsWithTheIdleTime() {
        Session session = begin(Samples.ADA);
        forward(TIMES.idleTtl().minusMillis(1));
        assertThat(find(session)).isNotNull();
        forward(Duration.ofMillis(1));
        assertThat(find(session)).isNull();
        assertThat(end(session)).as("there is nothing to end").isNull();
        assertThat(log()).isEmpty();
    }

    @Test
    void use_putsTheIdleEndOff() {
        Session session = begin(Samples.ADA);
        forward(TIMES.idleTtl().minusMillis(1));
        use(proof(session));
        assertThat(find(session).session().lastUsedAt()).isEqualTo(now());
        assertThat(find(session).session().idleExpiresAt()).isEqualTo(now().plus(TIMES.idleTtl()));
        assertThat(find(session).session().listeners()).isEqualTo(session.listeners());
        reopen(Samples.TIMES);
        forward(TIMES.idleTtl().minusMillis(1));
        assertThat(find(session)).isNotNull();
    }

    @Test
    void use_neverPutsTheEndOff() {
        Session session = begin(Samples.ADA);
        while (now().isBefore(session.expiresAt())) {
            use(proof(session));
            assertThat(find(session).session().idleExpiresAt()).isBeforeOrEqualTo(session.expiresAt());
            forward(TIMES.idleTtl().minusMillis(1));
        }
        use(proof(session));
        assertThat(find(session)).isNull();
    }

    @Test
    void use_isThatOfASessionWhichCounts() {
        Session session = begin(Samples.ADA);
        forward(Duration.ofMinutes(1));
        use(new SessionProof(session.id(), Digest.of("guessed")));
        assertThat(find(session).session()).isEqualTo(session);
        end(session);
        use(proof(session));
        assertThat(find(session)).isNull();
        Session idle = begin(Samples.ADA);
        forward(TIMES.idleTtl());
        use(proof(idle));
        assertThat(find(idle)).isNull();
    }

    private void use(SessionProof proof) {
        Await.result(store.sessions().use(Tenant.MAIN, proof, now(), TIMES.idleEnd(now())));
    }

    @Test
    void logOut_endsEverySessionOfTheUser() {
        Session session = begin(Samples.ADA);
        Session bob = begin(Samples.BOB);
        Await.result(store.users().logOut(Tenant.MAIN, Samples.ADA, now()));
        assertThat(find(session)).isNull();
        assertThat(find(begin(Samples.ADA))).isNotNull();
        assertThat(find(bob)).isNotNull();
    }

    @Test
    void aUserWhoIsNotActive_hasNoSession() {
        Session session = begin(Samples.ADA);
        Await.result(store.users().setState(Tenant.MAIN, Samples.ADA, UserState.SUSPENDED, now()));
        assertThat(find(session)).isNull();
        Await.result(store.users().setState(Tenant.MAIN, Samples.ADA, UserState.ACTIVE, now()));
        assertThat(find(session)).as("it does not come back").isNull();
    }

    @Test
    void overview_showsLiveSessionsTheLatestUsedFirst() {
        Session first = begin(Samples.ADA);
        forward(TIMES.idleTtl());
        Session second = begin(Samples.ADA);
        forward(Duration.ofMinutes(1));
        Session third = begin(Samples.ADA);
        begin(Samples.BOB);
        forward(Duration.ofHours(1));
        put(SessionWish.of(second));
        SessionOverview overview = overview(third);
        assertThat(overview.current().session()).isEqualTo(third);
        assertThat(overview.sessions()).extracting(Session::id).containsExactly(second.id(), third.id());
        assertThat(overview(first)).isNull();
    }

    @Test
    void overview_showsFiftySessionsAtMost() {
        Session session = null;
        for (int i = 0; i < SessionOverview.MOST + 5; i++) {
            session = begin(Samples.ADA);
            forward(Duration.ofSeconds(1));
        }
        List<Session> shown = overview(session).sessions();
        assertThat(shown).hasSize(SessionOverview.MOST);
        assertThat(shown.getFirst()).isEqualTo(session);
    }

    private SessionRows found(String tenant, SessionProof proof) {
        return Await.result(store.sessions().find(tenant, proof, now()));
    }

    private SessionOverview overview(Session session) {
        return Await.result(store.sessions().overview(Tenant.MAIN, proof(session), now()));
    }
}
