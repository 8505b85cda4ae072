package io.gatehouse.store;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.message.Codes.Consenting;
import io.gatehouse.common.message.Codes.PutBySession;
import io.gatehouse.common.message.Codes.Take;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.GrantId;
import io.gatehouse.common.model.RequestedClaims;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.common.model.User;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sessions, and what is given in them, for tests of one back end. */
public final class SessionCodeSamples {
    public static final Scope SCOPE = Scope.parse("openid api");

    private static final RequestedClaims CLAIMS = new RequestedClaims(List.of("email"), List.of("name"));

    private SessionCodeSamples() {}

    /** A login, as a browser that shows nothing or {@code current} makes it. */
    public static Session begin(
            Store store, String tenant, String subject, String cookie, @Nullable SessionProof current, Instant now) {
        User user = Await.result(store.users().find(tenant, subject));
        Session fresh = Samples.TIMES.sessions().begin(user, Digest.of(cookie), "a browser", now);
        return Await.result(store.sessions().begin(fresh, current, now)).session();
    }

    public static SessionProof proof(Session session) {
        return new SessionProof(session.id(), session.secret());
    }

    /** Of a client that listens. */
    public static SessionCodeOrder order(Session session, String clientId, Consenting consent, Instant now) {
        Instant end = now.plus(Duration.ofMinutes(1));
        Instant grantEnd = Samples.TIMES.end(TokenFamily.OAUTH, now);
        PutBySession request = new PutBySession(
                session.tenant(),
                proof(session),
                clientId,
                TokenFamily.OAUTH,
                SCOPE,
                consent,
                null,
                null,
                true,
                "http://127.0.0.1:9999/callback",
                null,
                "nonce",
                CLAIMS,
                CodeId.make(end).id(),
                end);
        return new SessionCodeOrder(request, GrantId.expiring(grantEnd), grantEnd);
    }

    public static Take take(SessionCodeOrder order) {
        PutBySession request = order.request();
        return new Take(request.tenant(), request.clientId(), request.code(), request.redirectUri(), null);
    }
}
