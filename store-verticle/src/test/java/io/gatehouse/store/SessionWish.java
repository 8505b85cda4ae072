package io.gatehouse.store;

import io.gatehouse.common.message.Codes.Consenting;
import io.gatehouse.common.message.Codes.PutBySession;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.GrantId;
import io.gatehouse.common.model.RequestedClaims;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.TokenFamily;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client asks of a session: the user allows it just now, and nobody listens, unless a test says otherwise. */
record SessionWish(
        SessionProof session,
        String clientId,
        String scope,
        Consenting consent,
        @Nullable Instant notBefore,
        @Nullable String subject,
        boolean listens,
        long asked) {
    static final RequestedClaims CLAIMS = new RequestedClaims(List.of("email"), List.of("name"));

    private static final Duration LIFE = Duration.ofMinutes(1);

    static SessionWish of(Session session) {
        return of(SessionCase.proof(session));
    }

    static SessionWish of(SessionProof session) {
        return new SessionWish(session, "web", "openid api", Consenting.GIVEN, null, null, false, 0);
    }

    SessionWish by(String client) {
        return new SessionWish(session, client, scope, consent, notBefore, subject, listens, asked);
    }

    SessionWish scope(String wanted) {
        return new SessionWish(session, clientId, wanted, consent, notBefore, subject, listens, asked);
    }

    SessionWish consent(Consenting rest) {
        return new SessionWish(session, clientId, scope, rest, notBefore, subject, listens, asked);
    }

    SessionWish notBefore(Instant login) {
        return new SessionWish(session, clientId, scope, consent, login, subject, listens, asked);
    }

    SessionWish subject(String whose) {
        return new SessionWish(session, clientId, scope, consent, notBefore, whose, listens, asked);
    }

    SessionWish listening() {
        return new SessionWish(session, clientId, scope, consent, notBefore, subject, true, asked);
    }

    /** The answer to a question about that generation of the consent. */
    SessionWish answering(long question) {
        return new SessionWish(session, clientId, scope, consent, notBefore, subject, listens, question);
    }

    SessionCodeOrder order(Instant now) {
        Instant end = now.plus(LIFE);
        Instant grantEnd = Samples.TIMES.end(TokenFamily.OAUTH, now);
        PutBySession request = new PutBySession(
                Tenant.MAIN,
                session,
                clientId,
                TokenFamily.OAUTH,
                Scope.parse(scope),
                consent,
                notBefore,
                subject,
                listens,
                "http://127.0.0.1:9999/callback",
                "challenge",
                "nonce",
                CLAIMS,
                CodeId.make(end).id(),
                end,
                null,
                null,
                asked);
        return new SessionCodeOrder(request, GrantId.expiring(grantEnd), grantEnd);
    }
}
