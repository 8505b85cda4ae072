package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.message.Codes.Consenting;
import io.gatehouse.common.message.Codes.SessionPutting.ConsentRequired;
import io.gatehouse.common.message.Codes.TakeRefusal;
import io.gatehouse.common.message.Grants.Find;
import io.gatehouse.common.message.Grants.Refusal;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.Tenant;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class ConsentContract extends SessionCase {
    @Test
    void remembered_coversWhatWasAllowedAndAsksForMore() {
        Session session = begin(Samples.ADA);
        assertThat(put(remembered(session, "openid"))).isEqualTo(required(session, Scope.EMPTY));
        written(SessionWish.of(session).scope("openid api"));
        written(remembered(session, "openid api"));
        written(remembered(session, "api"));
        assertThat(put(remembered(session, "openid profile"))).isEqualTo(required(session, Scope.parse("openid api")));
        written(SessionWish.of(session).scope("profile"));
        reopen(Samples.TIMES);
        written(remembered(session, "openid profile api"));
    }

    @Test
    void remembered_isOneUsersAndOneClients() {
        Await.result(store.clients().declare(Samples.client("app")));
        Session ada = begin(Samples.ADA);
        Session bob = begin(Samples.BOB);
        written(SessionWish.of(ada));
        assertThat(put(remembered(ada, "api").by("app"))).isInstanceOf(ConsentRequired.class);
        assertThat(put(remembered(bob, "api"))).isInstanceOf(ConsentRequired.class);
        written(remembered(begin(Samples.ADA), "api"));
    }

    @Test
    void remembered_isNothingOfNothing() {
        Session session = begin(Samples.ADA);
        assertThat(put(remembered(session, ""))).isInstanceOf(ConsentRequired.class);
        written(SessionWish.of(session).scope(""));
        assertThat(put(remembered(session, ""))).isInstanceOf(ConsentRequired.class);
    }

    @Test
    void toBeAsked_asksInAnyCase() {
        Session session = begin(Samples.ADA);
        written(SessionWish.of(session));
        SessionWish ask = SessionWish.of(session).consent(Consenting.TO_BE_ASKED);
        assertThat(put(ask)).isEqualTo(required(session, Scope.parse("openid api")));
    }

    @Test
    void givenOnce_isNotRemembered() {
        Session session = begin(Samples.ADA);
        SessionWish once = SessionWish.of(session).consent(Consenting.GIVEN_ONCE);
        Grant grant = openGrant(once);
        assertThat(put(remembered(session, "api"))).isEqualTo(required(session, Scope.EMPTY));
        assertThat(withdraw(session)).as("it can be taken back all the same").isTrue();
        assertThat(refusal(grant, 0)).isEqualTo(Refusal.CLIENT_REFUSED);
        assertThat(rotate(openGrant(once), 0)).isInstanceOf(RotationResult.Rotated.class);
    }

    @Test
    void givenOnce_isSeenByItsUserUntilItIsTakenBack() {
        Session session = begin(Samples.ADA);
        SessionWish once = SessionWish.of(session).consent(Consenting.GIVEN_ONCE);
        written(once);
        assertThat(seen(session)).containsExactly(Scope.EMPTY);
        assertThat(withdraw(session)).isTrue();
        assertThat(seen(session)).isEmpty();
        assertThat(withdraw(session)).as("nothing holds any more").isFalse();
        written(once);
        assertThat(seen(session)).as("it was given again").containsExactly(Scope.EMPTY);
    }

    private List<Scope> seen(Session session) {
        return Await.result(store.sessions().overview(Tenant.MAIN, proof(session), now())).consents().stream()
                .map(allowed -> allowed.consent().scope())
                .toList();
    }

    @Test
    void withdraw_endsWhatTheConsentGave() {
        Session session = begin(Samples.ADA);
        Grant grant = openGrant(SessionWish.of(session));
        assertThat(rotate(grant, 0)).isInstanceOf(RotationResult.Rotated.class);
        SessionCodeOrder code = written(SessionWish.of(session));
        assertThat(withdraw(session)).isTrue();
        assertThat(refusal(grant, 1)).isEqualTo(Refusal.CLIENT_REFUSED);
        assertThat(Await.result(store.grants()
                        .find(new Find(Tenant.MAIN, "web", grant.id(), Samples.FAMILY, Samples.secret(1)), now())))
                .isNull();
        assertThat(((CodeResult.Refused) take(code)).reason()).isEqualTo(TakeRefusal.CLIENT_REFUSED);
        assertThat(put(remembered(session, "api"))).isEqualTo(required(session, Scope.EMPTY, 2));
        assertThat(find(session)).as("the session goes on").isNotNull();
    }

    @Test
    void theNextConsent_hasAHigherEpoch() {
        Session session = begin(Samples.ADA);
        Grant first = openGrant(SessionWish.of(session));
        assertThat(first.consentEpoch()).isEqualTo(1);
        withdraw(session);
        Grant second = openGrant(SessionWish.of(session));
        assertThat(second.consentEpoch()).isEqualTo(2);
        assertThat(rotate(second, 0)).isInstanceOf(RotationResult.Rotated.class);
        assertThat(refusal(first, 0)).as("it does not come back").isEqualTo(Refusal.CLIENT_REFUSED);
        written(remembered(session, "api"));
    }

    @Test
    void withdraw_needsAConsentAndASession() {
        Session ada = begin(Samples.ADA);
        Session bob = begin(Samples.BOB);
        Grant grant = openGrant(SessionWish.of(ada));
        assertThat(withdraw(bob)).isFalse();
        assertThat(Await.result(store.sessions().withdraw(Tenant.MAIN, proof(ada), "app", now())))
                .isNull();
        assertThat(Await.result(store.sessions().withdraw(OTHER_TENANT, proof(ada), "web", now())))
                .isNull();
        Session renewed = begin(Samples.ADA, proof(ada)).session();
        assertThat(withdraw(ada)).as("the secret is an old one").isFalse();
        assertThat(rotate(grant, 0)).isInstanceOf(RotationResult.Rotated.class);
        assertThat(withdraw(renewed)).isTrue();
    }

    @Test
    void overview_showsConsentsThatHoldTheLatestFirst() {
        Await.result(store.clients().declare(Samples.client("app")));
        Await.result(store.clients().declare(Samples.client("gone")));
        Session session = begin(Samples.ADA);
        for (String client : List.of("web", "app", "gone")) {
            written(SessionWish.of(session).by(client));
            forward(Duration.ofSeconds(1));
        }
        Await.result(store.sessions().withdraw(Tenant.MAIN, proof(session), "gone", now()));
        List<SessionOverview.Allowed> consents = Await.result(
                        store.sessions().overview(Tenant.MAIN, proof(session), now()))
                .consents();
        assertThat(consents).extracting(allowed -> allowed.consent().clientId()).containsExactly("app", "web");
        assertThat(consents.getFirst().clientName()).isEqualTo("Name of app");
        assertThat(consents.getFirst().consent().scope()).isEqualTo(Scope.parse("openid api"));
        assertThat(consents.getFirst().consent().grantedAt()).isEqualTo(now().minusSeconds(2));
    }

    private static SessionWish remembered(Session session, String scope) {
        return SessionWish.of(session).scope(scope).consent(Consenting.REMEMBERED);
    }

    private ConsentRequired required(Session session, Scope remembered) {
        return required(session, remembered, 1);
    }

    private ConsentRequired required(Session session, Scope remembered, long epoch) {
        return new ConsentRequired(session.id().sid(), find(session).user().profile(), remembered, epoch);
    }

    private boolean withdraw(Session session) {
        return Await.result(store.sessions().withdraw(Tenant.MAIN, proof(session), "web", now())) != null;
    }
}
