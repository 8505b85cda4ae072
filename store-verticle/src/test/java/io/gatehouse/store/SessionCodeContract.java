package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.message.Codes.Consenting;
import io.gatehouse.common.message.Codes.SessionPutting.ClientRefused;
import io.gatehouse.common.message.Codes.SessionPutting.LoginRequired;
import io.gatehouse.common.message.Codes.SessionPutting.Stored;
import io.gatehouse.common.message.Codes.TakeRefusal;
import io.gatehouse.common.message.Grants.Find;
import io.gatehouse.common.message.Grants.Refusal;
import io.gatehouse.common.model.AuthorizationCode;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

abstract class SessionCodeContract extends SessionCase {
    private static final LoginRequired LOGIN_REQUIRED = new LoginRequired();
    private static final ClientRefused CLIENT_REFUSED = new ClientRefused();

    @Test
    void take_givesWhatTheSessionAndTheRequestSaid() {
        forward(Duration.ofMinutes(1));
        Session session = begin(Samples.ADA);
        forward(Duration.ofMinutes(1));
        SessionCodeOrder order = SessionWish.of(session).order(now());
        assertThat(put(order))
                .isEqualTo(new Stored(session.id().sid(), order.request().expiresAt()));
        AuthorizationCode code = redeemed(order);
        assertThat(code).isEqualTo(order.code(session, 0, 1, now()));
        assertThat(code.scope()).isEqualTo(Scope.parse("openid api"));
        assertThat(code.subject()).isEqualTo(Samples.ADA);
        assertThat(code.sessionId()).isEqualTo(session.id().sid());
        assertThat(code.authTime()).isEqualTo(session.authTime());
        assertThat(code.nonce()).isEqualTo("nonce");
        assertThat(code.claims()).isEqualTo(SessionWish.CLAIMS);
        assertThat(((CodeResult.Refused) take(order)).reason()).isEqualTo(TakeRefusal.REPLAYED);
    }

    @Test
    void put_needsASessionThatCounts() {
        Session session = begin(Samples.ADA);
        Session renewed = begin(Samples.ADA, proof(session)).session();
        assertThat(put(SessionWish.of(session))).isEqualTo(LOGIN_REQUIRED);
        forward(TIMES.idleTtl());
        assertThat(put(SessionWish.of(renewed))).isEqualTo(LOGIN_REQUIRED);
        Session ended = begin(Samples.ADA);
        end(ended);
        assertThat(put(SessionWish.of(ended))).isEqualTo(LOGIN_REQUIRED);
    }

    @Test
    void put_asksForALoginThatIsRecentEnough() {
        Session session = begin(Samples.ADA);
        forward(Duration.ofMinutes(5));
        assertThat(put(SessionWish.of(session).notBefore(session.authTime().plusMillis(1))))
                .isEqualTo(LOGIN_REQUIRED);
        written(SessionWish.of(session).notBefore(session.authTime()));
        Session again = begin(Samples.ADA, proof(session)).session();
        written(SessionWish.of(again).notBefore(now()));
    }

    @Test
    void put_asksForTheSubjectThatIsWanted() {
        Session session = begin(Samples.ADA);
        assertThat(put(SessionWish.of(session).subject(Samples.BOB))).isEqualTo(LOGIN_REQUIRED);
        written(SessionWish.of(session).subject(Samples.ADA));
    }

    @Test
    void put_refusesAClientThatMayNotHaveIt() {
        Session session = begin(Samples.ADA);
        assertThat(put(SessionWish.of(session).by("nobody"))).isEqualTo(CLIENT_REFUSED);
        assertThat(put(SessionWish.of(session).scope("openid admin"))).isEqualTo(CLIENT_REFUSED);
        Await.result(store.clients().declare(client("machine", "openid api", "client_credentials")));
        assertThat(put(SessionWish.of(session).by("machine"))).isEqualTo(CLIENT_REFUSED);
        Await.result(store.clients().disable(Tenant.MAIN, "web", now()));
        assertThat(put(SessionWish.of(session))).isEqualTo(CLIENT_REFUSED);
    }

    @Test
    void put_keepsTheSessionAlive_butNotForEver() {
        Session session = begin(Samples.ADA);
        written(SessionWish.of(session));
        Duration step = TIMES.idleTtl().minusHours(1);
        for (Duration used = step; used.compareTo(TIMES.ttl()) < 0; used = used.plus(step)) {
            forward(step);
            written(SessionWish.of(session).consent(Consenting.REMEMBERED));
            assertThat(find(session).session().lastUsedAt()).isEqualTo(now());
        }
        forward(step);
        assertThat(now()).isAfter(session.expiresAt());
        assertThat(put(SessionWish.of(session))).isEqualTo(LOGIN_REQUIRED);
    }

    @Test
    void put_writesNoUseThatNobodyWouldNotice() {
        Session session = begin(Samples.ADA);
        forward(TIMES.idleTtl().dividedBy(20));
        written(SessionWish.of(session));
        assertThat(find(session).session()).isEqualTo(session);
        forward(Duration.ofMillis(1));
        written(SessionWish.of(session));
        assertThat(find(session).session().lastUsedAt()).isEqualTo(now());
    }

    @Test
    void take_refusesTheCodeOfAnEndedSession() {
        Session session = begin(Samples.ADA);
        SessionCodeOrder order = written(SessionWish.of(session));
        end(session);
        assertThat(take(order)).isEqualTo(new CodeResult.Refused(TakeRefusal.SUBJECT_REFUSED, List.of()));
        Await.result(store.clients().declare(offline()));
        Session other = begin(Samples.ADA);
        SessionCodeOrder offline = written(SessionWish.of(other).by("offline").scope("openid offline_access"));
        end(other);
        assertThat(take(offline)).isEqualTo(new CodeResult.Refused(TakeRefusal.SUBJECT_REFUSED, List.of()));
    }

    @Test
    void rotate_refusesTheGrantOfAnEndedSession() {
        Session session = begin(Samples.ADA);
        Grant grant = openGrant(SessionWish.of(session));
        assertThat(rotate(grant, 0)).isInstanceOf(RotationResult.Rotated.class);
        assertThat(found(grant, 1)).isNotNull();
        end(session);
        assertThat(refusal(grant, 1)).isEqualTo(Refusal.SUBJECT_REFUSED);
        assertThat(refusal(grant, 0)).as("a replay too").isEqualTo(Refusal.SUBJECT_REFUSED);
        assertThat(found(grant, 1)).isNull();
    }

    @Test
    void rotate_outlivesTheIdleTimeOfTheSessionButNotItsEnd() {
        Session session = begin(Samples.ADA);
        Grant grant = openGrant(SessionWish.of(session));
        forward(TIMES.ttl().minusMillis(1));
        assertThat(find(session)).as("idle").isNull();
        assertThat(rotate(grant, 0)).isInstanceOf(RotationResult.Rotated.class);
        forward(Duration.ofMillis(1));
        assertThat(refusal(grant, 1)).isEqualTo(Refusal.SUBJECT_REFUSED);
    }

    @Test
    void rotate_goesOnWithOfflineAccess() {
        Await.result(store.clients().declare(offline()));
        Session session = begin(Samples.ADA);
        Grant grant = openGrant(SessionWish.of(session).by("offline").scope("openid offline_access"));
        end(session);
        assertThat(rotate(grant, 0)).isInstanceOf(RotationResult.Rotated.class);
        Await.result(store.users().logOut(Tenant.MAIN, Samples.ADA, now()));
        assertThat(refusal(grant, 1)).isEqualTo(Refusal.SUBJECT_REFUSED);
    }

    @Test
    void listeners_areCapped() {
        List<String> clients = IntStream.rangeClosed(0, Session.MOST_LISTENERS)
                .mapToObj(i -> "client-" + i)
                .toList();
        Session session = begin(Samples.ADA);
        for (String client : clients) {
            Await.result(store.clients().declare(Samples.client(client)));
            written(SessionWish.of(session).by(client).listening());
        }
        assertThat(find(session).session().listeners())
                .containsExactlyElementsOf(clients.subList(0, Session.MOST_LISTENERS));
    }

    private Grant found(Grant grant, int generation) {
        Find find = new Find(Tenant.MAIN, "web", grant.id(), Samples.FAMILY, Samples.secret(generation));
        return Await.result(store.grants().find(find, now()));
    }

    private static Client offline() {
        return client("offline", "openid offline_access", "authorization_code");
    }

    private static Client client(String clientId, String scope, String grantType) {
        Client web = Samples.client(clientId);
        return new Client(
                web.tenant(),
                web.clientId(),
                web.clientName(),
                web.authMethod(),
                web.secretDigests(),
                web.declaredSecret(),
                web.redirectUris(),
                List.of(grantType),
                web.responseTypes(),
                Scope.parse(scope),
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
