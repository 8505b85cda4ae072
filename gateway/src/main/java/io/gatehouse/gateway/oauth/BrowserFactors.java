package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.crypto.Sealed;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Passcodes;
import io.gatehouse.common.message.SecondFactors;
import io.gatehouse.common.message.SecondFactors.Basis;
import io.gatehouse.common.message.SecondFactors.Change;
import io.gatehouse.common.message.SecondFactors.Proof;
import io.gatehouse.common.message.SecondFactors.Refusal;
import io.gatehouse.common.model.SessionId;
import io.gatehouse.common.verify.RevocationList;
import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Second factors of who uses a browser: showing, enrolling and removing them. Codes are only carried here, to who can tell. */
public final class BrowserFactors {
    private static final Pattern CODE = Pattern.compile("[0-9]{6}");
    private static final int SALT_BYTES = 32;

    /**
     * A login whose password was right.
     *
     * @param password a {@link io.gatehouse.common.message.PasswordStatement}
     * @param current what the browser showed; null: nothing
     * @param device what the browser says it is, in a few words
     */
    public record Login(
            String tenant,
            Attestation password,
            String remoteAddress,
            @Nullable SessionToken current,
            String device) {}

    /** Who enrols what. */
    public record Enrolling(String tenant, SessionToken session, String subject, Sealed secret) {}

    /** What came of it. */
    public sealed interface Outcome {
        /** @param token for the cookie: the one before is void */
        record Done(SessionToken token) implements Outcome {}

        record Refused(Refusal reason) implements Outcome {}
    }

    private static final Outcome WRONG = new Outcome.Refused(Refusal.WRONG_CODE);

    private final Bus bus;
    private final RevocationList revocations;

    BrowserFactors(Bus bus, RevocationList revocations) {
        this.bus = bus;
        this.revocations = revocations;
    }

    /**
     * Ends a login. Fails with {@code Throttled} where there were too many wrong codes.
     *
     * @param written a code, or a recovery code
     */
    public Future<Outcome> logIn(Login login, String written) {
        Basis basis = new Basis.OfLogin(login.password());
        return prove(login.tenant(), basis, login.remoteAddress(), written, proof -> {
            Bytes secret = SessionToken.freshSecret();
            return bus.ask(new SecondFactors.LogIn(
                            login.tenant(),
                            login.password(),
                            proof,
                            login.remoteAddress(),
                            Digest.of(secret),
                            login.current() == null ? null : login.current().proof(),
                            login.device()))
                    .map(ended -> switch (ended) {
                        case SecondFactors.Login.LoggedIn loggedIn -> {
                            revocations.add(loggedIn.denials());
                            SessionId id = Objects.requireNonNull(SessionId.parse(loggedIn.sid()));
                            yield new Outcome.Done(SessionToken.of(id, secret));
                        }
                        case SecondFactors.Login.Refused refused -> new Outcome.Refused(refused.reason());
                    });
        });
    }

    /** A new secret for somebody who is about to enrol. */
    public Future<Passcodes.Made> make(String tenant, String subject) {
        return bus.ask(new Passcodes.Make(tenant, subject));
    }

    /** @param recovery codes as they will be shown */
    public Future<Outcome> enrol(Enrolling enrolling, String written, List<String> recovery) {
        String code = RecoveryCodes.bare(written);
        if (!CODE.matcher(code).matches()) {
            return Future.succeededFuture(WRONG);
        }
        return bus.ask(new Passcodes.Confirm(
                        enrolling.tenant(), enrolling.subject(), enrolling.secret(), Secret.of(code)))
                .compose(confirmed -> confirmed.enrolment() == null
                        ? Future.succeededFuture(WRONG)
                        : enrol(enrolling, confirmed.enrolment(), recovery));
    }

    private Future<Outcome> enrol(Enrolling enrolling, Attestation enrolment, List<String> recovery) {
        Bytes secret = SessionToken.freshSecret();
        List<Digest> digests = recovery.stream()
                .map(code -> Objects.requireNonNull(RecoveryCodes.digest(code)))
                .toList();
        return bus.ask(new SecondFactors.Enrol(
                        enrolling.tenant(), enrolling.session().proof(), enrolment, digests, Digest.of(secret)))
                .map(change -> changed(change, enrolling.session(), secret));
    }

    /** Fails as {@link #logIn} does. */
    public Future<Outcome> remove(String tenant, SessionToken session, String remoteAddress, String written) {
        return prove(tenant, new Basis.OfSession(session.proof()), remoteAddress, written, proof -> {
            Bytes secret = SessionToken.freshSecret();
            return bus.ask(new SecondFactors.Remove(tenant, session.proof(), proof, remoteAddress, Digest.of(secret)))
                    .map(change -> changed(change, session, secret));
        });
    }

    private Outcome changed(Change change, SessionToken session, Bytes secret) {
        return switch (change) {
            case Change.Changed changed -> {
                revocations.add(changed.denials());
                yield new Outcome.Done(SessionToken.of(session.proof().id(), secret));
            }
            case Change.Refused refused -> new Outcome.Refused(refused.reason());
        };
    }

    private interface Next {
        Future<Outcome> by(Proof proof);
    }

    private Future<Outcome> prove(String tenant, Basis basis, String remoteAddress, String written, Next next) {
        String code = RecoveryCodes.bare(written);
        if (CODE.matcher(code).matches()) {
            return check(tenant, basis, remoteAddress, Secret.of(code), next);
        }
        Digest recovery = RecoveryCodes.digest(code);
        return recovery == null ? Future.succeededFuture(WRONG) : next.by(new Proof.ByRecovery(recovery));
    }

    /** The store's leave is for this code alone, which it does not see. */
    private Future<Outcome> check(String tenant, Basis basis, String remoteAddress, Secret code, Next next) {
        Bytes salt = Entropy.bytes(SALT_BYTES);
        Digest guess = Digest.of(salt.plus(code.value()));
        return bus.ask(new SecondFactors.Challenge(tenant, basis, guess, remoteAddress))
                .compose(challenged -> challenged.challenge() == null
                        ? Future.succeededFuture(new Outcome.Refused(Refusal.OVER))
                        : bus.ask(new Passcodes.Check(tenant, challenged.challenge(), new Secret(salt), code))
                                .compose(checked -> checked.passcode() == null
                                        ? Future.succeededFuture(WRONG)
                                        : next.by(new Proof.ByCode(checked.passcode()))));
    }
}
