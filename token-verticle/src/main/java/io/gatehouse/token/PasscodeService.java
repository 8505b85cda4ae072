package io.gatehouse.token;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.crypto.Sealed;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.EnrolmentStatement;
import io.gatehouse.common.message.PasscodeChallenge;
import io.gatehouse.common.message.PasscodeStatement;
import io.gatehouse.common.message.Passcodes;
import io.gatehouse.common.message.Passcodes.Check;
import io.gatehouse.common.message.Passcodes.Checked;
import io.gatehouse.common.message.Passcodes.Confirm;
import io.gatehouse.common.message.Passcodes.Confirmed;
import io.gatehouse.common.message.Passcodes.Made;
import io.gatehouse.common.message.Passcodes.Make;
import io.gatehouse.token.StatementCheck.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Answers {@link Passcodes}. A secret that waits to be confirmed is sealed for another place than an enrolled one: whoever
 * holds the box of that can't try codes on it without the store's leave for each.
 */
final class PasscodeService {
    private static final Duration LIFE = Duration.ofSeconds(5);
    private static final String LABEL = "gatehouse second factor v1";
    private static final String WAITING = "waiting";
    private static final String ENROLLED = "enrolled";

    private final MasterKeys masterKeys;
    private final StatementCheck<PasscodeChallenge> challenges;
    private final Attestor attestor;
    private final AuditLog audit;
    private final Clock clock;

    PasscodeService(MasterKeys masterKeys, Attestor attestor, AuditLog audit, Clock clock) {
        this.masterKeys = masterKeys;
        this.challenges = StatementCheck.momentary(
                attestor,
                audit,
                new Kind<>(
                        PasscodeChallenge.class,
                        "passcode_challenge",
                        PasscodeChallenge::tenant,
                        PasscodeChallenge::expiresAt));
        this.attestor = attestor;
        this.audit = audit;
        this.clock = clock;
    }

    Record answer(Passcodes<?> request) {
        return switch (request) {
            case Make make -> make(make);
            case Confirm confirm -> confirm(confirm);
            case Check check -> check(check);
        };
    }

    private Made make(Make request) {
        Bytes secret = Entropy.bytes(Totp.SECRET_BYTES);
        Sealed sealed = masterKeys.seal(secret, place(WAITING, request.tenant(), request.subject()));
        return new Made(Secret.of(Base32.encode(secret)), sealed);
    }

    private Confirmed confirm(Confirm request) {
        Bytes secret = masterKeys.open(request.sealed(), place(WAITING, request.tenant(), request.subject()));
        if (secret == null) {
            throw OAuthError.failure(Code.INVALID_REQUEST, "the secret was not made for this user: begin again");
        }
        Instant now = clock.instant();
        long step = Totp.match(secret, request.code().reveal(), now);
        return new Confirmed(
                step == Totp.NONE
                        ? null
                        : attestor.attest(new EnrolmentStatement(
                                request.tenant(),
                                request.subject(),
                                masterKeys.seal(secret, place(ENROLLED, request.tenant(), request.subject())),
                                step,
                                now.plus(LIFE))));
    }

    private Checked check(Check request) {
        Instant now = clock.instant();
        PasscodeChallenge challenge =
                challenges.check(request.tenant(), request.challenge(), now, PasscodeService::notAllowed);
        if (!Digest.of(request.salt().value().plus(request.code().value())).equals(challenge.guess())) {
            throw notAllowed();
        }
        long step = Totp.match(enrolled(challenge), request.code().reveal(), now);
        if (step == Totp.NONE) {
            audit.refusedPasscode(challenge.tenant(), challenge.subject());
            return new Checked(null);
        }
        return new Checked(stated(challenge, step, now));
    }

    private Attestation stated(PasscodeChallenge challenge, long step, Instant now) {
        return attestor.attest(new PasscodeStatement(
                challenge.tenant(), challenge.subject(), challenge.enrolledAt(), step, now.plus(LIFE)));
    }

    /** Whoever writes the store can lose a secret, never put another user's in its place. */
    private Bytes enrolled(PasscodeChallenge challenge) {
        Bytes secret = masterKeys.open(challenge.secret(), place(ENROLLED, challenge.tenant(), challenge.subject()));
        if (secret == null) {
            throw new UnusableKey("The secret of a second factor in tenant " + challenge.tenant()
                    + " is sealed under another master key or for another user: restore keys.master_key, or take the"
                    + " factor away (gatehouse users reset-factor)");
        }
        return secret;
    }

    private static RuntimeException notAllowed() {
        return OAuthError.failure(Code.ACCESS_DENIED, "the store gave no leave to look at this code");
    }

    private static Bytes place(String state, String tenant, String subject) {
        return Binding.of(LABEL, state, tenant, subject);
    }
}
