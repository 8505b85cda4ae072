package io.gatehouse.store.copy;

import static io.gatehouse.store.SessionCodeSamples.proof;
import static io.gatehouse.store.SessionCodeSamples.take;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.message.Codes.Consenting;
import io.gatehouse.common.message.Codes.SessionPutting;
import io.gatehouse.common.message.Grants.Refusal;
import io.gatehouse.common.model.AuthorizationCode;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.store.Await;
import io.gatehouse.store.CodeResult;
import io.gatehouse.store.CodeSamples;
import io.gatehouse.store.PendingLogout;
import io.gatehouse.store.RotationResult;
import io.gatehouse.store.Samples;
import io.gatehouse.store.SessionCodeOrder;
import io.gatehouse.store.SessionCodeSamples;
import io.gatehouse.store.SessionOverview;
import io.gatehouse.store.Store;
import java.time.Instant;
import java.util.List;

/** Browser sessions, and what was given in them, in every state that a copy has to bring over. */
final class FurnishedSessions {
    private static final Instant NOW = Samples.NOW;

    private final Session session;
    private final SessionCodeOrder fresh;
    private final Grant bound;

    /** Into a store that {@link Furnished} has filled. */
    FurnishedSessions(Store store) {
        Session first = begin(store, Samples.ADA, "first");
        // Renewed: what the login says is of another session than the row.
        session = SessionCodeSamples.begin(store, Tenant.MAIN, Samples.ADA, "second", proof(first), NOW);
        Session other = begin(store, Samples.ADA, "other");
        SessionCodeSamples.begin(store, Furnished.OTHER, "üñ\0ï", "elsewhere", null, NOW);
        fresh = put(store, session, "web");
        bound = openGrant(store, put(store, session, "web"));
        put(store, session, Furnished.LONG_CLIENT);
        Await.result(store.sessions().withdraw(Tenant.MAIN, proof(session), Furnished.LONG_CLIENT, NOW));
        put(store, other, "web");
        put(store, other, Furnished.LONG_CLIENT);
        Await.result(store.sessions().end(Tenant.MAIN, proof(other), null, NOW));
    }

    private static Session begin(Store store, String subject, String cookie) {
        return SessionCodeSamples.begin(store, Tenant.MAIN, subject, cookie, null, NOW);
    }

    private static SessionCodeOrder put(Store store, Session session, String clientId) {
        SessionCodeOrder order = SessionCodeSamples.order(session, clientId, Consenting.GIVEN, NOW);
        assertThat(Await.result(store.codes().put(order, NOW))).isInstanceOf(SessionPutting.Stored.class);
        return order;
    }

    private static Grant openGrant(Store store, SessionCodeOrder order) {
        CodeResult taken = Await.result(store.codes().take(take(order), NOW));
        Grant grant = CodeSamples.grant(((CodeResult.Redeemed) taken).code(), NOW);
        Await.result(store.grants().open(grant, NOW));
        return grant;
    }

    /** Whether everything goes on in the copy. */
    void goOn(Store copy) {
        assertThat(Await.result(copy.sessions().find(Tenant.MAIN, proof(session), NOW))
                        .session()
                        .id())
                .isEqualTo(session.id());
        SessionOverview overview = Await.result(copy.sessions().overview(Tenant.MAIN, proof(session), NOW));
        assertThat(overview.sessions()).extracting(Session::id).containsExactly(session.id());
        codesAndGrantsGoOn(copy);
        consentsGoOn(copy);
        List<PendingLogout> waiting = Await.result(copy.logouts().claim(10, NOW.plusSeconds(60), NOW));
        assertThat(waiting).extracting(PendingLogout::clientId).containsExactlyInAnyOrder("web", Furnished.LONG_CLIENT);
        Await.result(copy.sessions().end(Tenant.MAIN, proof(session), null, NOW));
        assertThat(rotate(copy, 1)).isEqualTo(new RotationResult.Refused(Refusal.SUBJECT_REFUSED, List.of()));
    }

    private void codesAndGrantsGoOn(Store copy) {
        AuthorizationCode code =
                ((CodeResult.Redeemed) Await.result(copy.codes().take(take(fresh), NOW))).code();
        assertThat(code).isEqualTo(fresh.code(session, 0, 1, NOW));
        assertThat(rotate(copy, 0)).isInstanceOf(RotationResult.Rotated.class);
    }

    private static void put(Store copy, Session session, String clientId, Class<? extends SessionPutting> expected) {
        SessionCodeOrder order = SessionCodeSamples.order(session, clientId, Consenting.REMEMBERED, NOW);
        assertThat(Await.result(copy.codes().put(order, NOW))).isInstanceOf(expected);
    }

    /** The second of the long client's is remembered, in its second generation. */
    private void consentsGoOn(Store copy) {
        put(copy, session, "web", SessionPutting.Stored.class);
        put(copy, session, Furnished.LONG_CLIENT, SessionPutting.Stored.class);
        Await.result(copy.sessions().withdraw(Tenant.MAIN, proof(session), Furnished.LONG_CLIENT, NOW));
        put(copy, session, Furnished.LONG_CLIENT, SessionPutting.ConsentRequired.class);
    }

    private RotationResult rotate(Store copy, int generation) {
        return Await.result(copy.grants().rotate(Samples.rotate(bound, generation), NOW));
    }
}
