package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.message.Codes.SessionPutting;
import io.gatehouse.common.message.Codes.Take;
import io.gatehouse.common.model.AuthorizationCode;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.User;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** Ada and Bob, who log in with browsers. */
abstract class SessionCase extends ContractCase {
    static final SessionTimes TIMES = Samples.TIMES.sessions();

    private int secrets;

    @BeforeEach
    void declareBob() {
        Await.result(store.users().declare(Samples.bob(), Samples.HASH));
    }

    /** A login in a browser that has no session yet. */
    Session begin(String subject) {
        return begin(subject, null).session();
    }

    SessionBegun begin(String subject, @Nullable SessionProof current) {
        User user = Await.result(store.users().find(Tenant.MAIN, subject));
        Session fresh = TIMES.begin(user, Digest.of("cookie " + secrets++), "a browser", now());
        return Await.result(store.sessions().begin(fresh, current, now()));
    }

    static SessionProof proof(Session session) {
        return new SessionProof(session.id(), session.secret());
    }

    @Nullable
    SessionRows find(Session session) {
        return Await.result(store.sessions().find(Tenant.MAIN, proof(session), now()));
    }

    @Nullable
    List<SequencedDenial> end(Session session) {
        return Await.result(store.sessions().end(Tenant.MAIN, proof(session), null, now()));
    }

    SessionPutting put(SessionWish wish) {
        return put(wish.order(now()));
    }

    SessionPutting put(SessionCodeOrder order) {
        return Await.result(store.codes().put(order, now()));
    }

    /** A code that is written. */
    SessionCodeOrder written(SessionWish wish) {
        SessionCodeOrder order = wish.order(now());
        assertThat(put(order)).isInstanceOf(SessionPutting.Stored.class);
        return order;
    }

    CodeResult take(SessionCodeOrder order) {
        Take take = new Take(
                Tenant.MAIN,
                order.request().clientId(),
                order.request().code(),
                order.request().redirectUri(),
                order.request().codeChallenge());
        return Await.result(store.codes().take(take, now()));
    }

    AuthorizationCode redeemed(SessionCodeOrder order) {
        return ((CodeResult.Redeemed) take(order)).code();
    }

    /** The grant of a code that is taken. */
    Grant openGrant(SessionWish wish) {
        return openGrant(CodeSamples.grant(redeemed(written(wish)), now()));
    }

    /** What waits to be delivered now; nobody else is given it for a minute. */
    List<PendingLogout> claim() {
        return Await.result(store.logouts().claim(1000, now().plus(Duration.ofMinutes(1)), now()));
    }

    void denies(SequencedDenial line, Session session) {
        assertThat(line.denial())
                .isEqualTo(new Denial(
                        Tenant.MAIN,
                        Denial.Kind.SESSION,
                        session.id().sid(),
                        0,
                        "",
                        now().plus(Duration.ofMinutes(61))));
    }
}
