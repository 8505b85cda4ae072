package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Sessions;
import io.gatehouse.common.message.Users.Rejection;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.SessionId;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.common.verify.RevocationList;
import io.vertx.core.Future;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Browser sessions: logging in, looking at them, ending them. */
public final class BrowserSessions {
    /** Who logs in, and from where. */
    public record Login(
            String tenant,
            LoginName name,
            Secret password,
            String remoteAddress,
            @Nullable SessionToken current,
            String device) {}

    /** How a login ended. */
    public sealed interface LoggedIn {
        /** @param token for the cookie */
        record Begun(SessionToken token) implements LoggedIn {}

        record Rejected(Rejection reason) implements LoggedIn {}

        /**
         * The password was right, and is not enough: {@link BrowserFactors#logIn} goes on.
         *
         * @param password a {@link io.gatehouse.common.message.PasswordStatement}
         */
        record FactorNeeded(Attestation password) implements LoggedIn {}
    }

    /** How a change of the password ended. */
    public sealed interface PasswordChanged {
        /** @param token for the cookie: the one before is void */
        record Changed(SessionToken token) implements PasswordChanged {}

        record Refused(Sessions.PasswordRefusal reason) implements PasswordChanged {}
    }

    private final Bus bus;
    private final RevocationList revocations;
    private final BrowserFactors factors;

    BrowserSessions(Bus bus, RevocationList revocations) {
        this.bus = bus;
        this.revocations = revocations;
        this.factors = new BrowserFactors(bus, revocations);
    }

    /** What is shown beside a password. */
    public BrowserFactors factors() {
        return factors;
    }

    /** Fails with {@code Throttled} before any password is looked at. */
    public Future<LoggedIn> logIn(Login login) {
        Bytes secret = SessionToken.freshSecret();
        return bus.ask(new Sessions.Begin(
                        login.tenant(),
                        login.name(),
                        login.password(),
                        login.remoteAddress(),
                        Digest.of(secret),
                        login.current() == null ? null : login.current().proof(),
                        login.device()))
                .map(beginning -> switch (beginning) {
                    case Sessions.Beginning.Begun begun -> {
                        revocations.add(begun.denials());
                        SessionId id = Objects.requireNonNull(SessionId.parse(begun.sid()));
                        yield new LoggedIn.Begun(SessionToken.of(id, secret));
                    }
                    case Sessions.Beginning.Rejected rejected -> new LoggedIn.Rejected(rejected.reason());
                    case Sessions.Beginning.FactorNeeded needed -> new LoggedIn.FactorNeeded(needed.password());
                });
    }

    /** Null where it does not count now. */
    public Future<Sessions.@Nullable Current> find(String tenant, SessionProof session) {
        return bus.ask(new Sessions.Find(tenant, session)).map(Sessions.Found::session);
    }

    public Future<Sessions.Overviewed> overview(String tenant, SessionProof session) {
        return bus.ask(new Sessions.Overview(tenant, session));
    }

    /**
     * Says whether there was one.
     *
     * @param sid of another session of the same user; null: the session itself
     */
    public Future<Boolean> end(String tenant, SessionProof session, @Nullable String sid) {
        return bus.ask(new Sessions.End(tenant, session, sid)).map(ended -> {
            revocations.add(ended.denials());
            return ended.done();
        });
    }

    /** Says whether there was such a consent. */
    public Future<Boolean> withdraw(String tenant, SessionProof session, String clientId) {
        return bus.ask(new Sessions.Withdraw(tenant, session, clientId)).map(withdrawn -> {
            revocations.add(withdrawn.denials());
            return withdrawn.done();
        });
    }

    /** Fails with {@code Throttled} before any password is looked at. */
    public Future<PasswordChanged> changePassword(
            String tenant, SessionToken session, Secret current, Secret replacement, String remoteAddress) {
        Bytes secret = SessionToken.freshSecret();
        return bus.ask(new Sessions.ChangePassword(
                        tenant, session.proof(), current, replacement, remoteAddress, Digest.of(secret)))
                .map(change -> switch (change) {
                    case Sessions.PasswordChange.Changed changed -> {
                        revocations.add(changed.denials());
                        yield new PasswordChanged.Changed(
                                SessionToken.of(session.proof().id(), secret));
                    }
                    case Sessions.PasswordChange.Refused refused -> new PasswordChanged.Refused(refused.reason());
                });
    }
}
