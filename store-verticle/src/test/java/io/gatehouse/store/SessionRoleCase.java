package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.Codes;
import io.gatehouse.common.message.Codes.PutBySession;
import io.gatehouse.common.message.Codes.SessionPutting;
import io.gatehouse.common.message.Sessions;
import io.gatehouse.common.message.Sessions.Beginning;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.SessionId;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.common.model.Tenant;
import org.jspecify.annotations.Nullable;

/** The role, and browsers in which Ada logs in. */
abstract class SessionRoleCase extends RoleCase {
    private int cookies;

    /** A session in a browser that had none. */
    SessionProof begin() {
        Digest fresh = Digest.of("cookie " + cookies++);
        Beginning.Begun begun = (Beginning.Begun) ask(begin("ada", PASSWORD, fresh, null));
        return new SessionProof(SessionId.parse(begun.sid()), fresh);
    }

    static Sessions.Begin begin(String username, String password, Digest fresh, @Nullable SessionProof current) {
        return new Sessions.Begin(
                Tenant.MAIN,
                new LoginName(LoginName.Kind.USERNAME, username),
                Secret.of(password),
                "203.0.113.7",
                fresh,
                current,
                "a browser");
    }

    Sessions.@Nullable Current find(SessionProof session) {
        return ask(new Sessions.Find(Tenant.MAIN, session)).session();
    }

    /** Of Ada, for {@code web}, which listens; the user allows it just now. */
    PutBySession code(SessionProof session) {
        return SessionWish.of(session).listening().order(clock.instant()).request();
    }

    PutBySession written(SessionProof session) {
        PutBySession put = code(session);
        assertThat(ask(put)).isEqualTo(new SessionPutting.Stored(session.id().sid(), put.expiresAt()));
        return put;
    }

    static Codes.Take take(PutBySession code) {
        return new Codes.Take(code.tenant(), code.clientId(), code.code(), code.redirectUri(), code.codeChallenge());
    }
}
