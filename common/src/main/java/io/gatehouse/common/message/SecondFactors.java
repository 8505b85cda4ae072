package io.gatehouse.common.message;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.SessionProof;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Second factors of users. That a code was right is the token role's word, that a password was the store's own; the gateway's
 * counts for neither.
 */
public sealed interface SecondFactors<R> extends StoreRequest<R> {
    String ADDRESS = "gatehouse.v1.store.secondfactors";

    @Override
    default String address() {
        return ADDRESS;
    }

    /**
     * Asks for leave to look at a code. Fails with {@code Throttled} where the user had too many wrong ones.
     *
     * @param guess digest of a salt and the code
     * @param remoteAddress the throttle's second key
     */
    record Challenge(String tenant, Basis basis, Digest guess, String remoteAddress)
            implements SecondFactors<Challenged> {}

    /** Who may try. */
    sealed interface Basis {
        /** @param password a {@link PasswordStatement} */
        record OfLogin(Attestation password) implements Basis {}

        record OfSession(SessionProof session) implements Basis {}
    }

    /** @param challenge a {@link PasscodeChallenge}; null: nobody who may try has a second factor */
    record Challenged(@Nullable Attestation challenge) {}

    /** What is shown as the second factor. */
    sealed interface Proof {
        /** @param passcode a {@link PasscodeStatement} */
        record ByCode(Attestation passcode) implements Proof {}

        /** @param code digest of a recovery code, which counts once */
        record ByRecovery(Digest code) implements Proof {}
    }

    /**
     * Ends a login that began by password, as {@link Sessions.Begin} does where there is no second factor. Throttled where it
     * is by a recovery code.
     *
     * @param password a {@link PasswordStatement}, which is spent
     * @param fresh digest of the new cookie's secret
     * @param current what the browser showed; null: nothing
     * @param device what the browser says it is, in a few words; at most 64 characters
     */
    record LogIn(
            String tenant,
            Attestation password,
            Proof proof,
            String remoteAddress,
            Digest fresh,
            @Nullable SessionProof current,
            String device)
            implements SecondFactors<Login> {}

    sealed interface Login {
        /** @param denials what died with another user's session */
        record LoggedIn(String sid, Instant expiresAt, List<SequencedDenial> denials) implements Login {
            public LoggedIn {
                denials = List.copyOf(denials);
            }
        }

        record Refused(Refusal reason) implements Login {}
    }

    /**
     * Gives the user of the session a second factor. Every other session ends, and all that was given so far, so that nothing
     * is left that a password alone had got; the session itself goes on as one of two factors.
     *
     * @param enrolment an {@link EnrolmentStatement}
     * @param recovery digests of recovery codes
     * @param fresh digest of the secret that the session's cookie has from now on
     */
    record Enrol(String tenant, SessionProof session, Attestation enrolment, List<Digest> recovery, Digest fresh)
            implements SecondFactors<Change> {
        public Enrol {
            recovery = List.copyOf(recovery);
        }
    }

    /** Takes it away, with the same end of all else; throttled where it is by a recovery code. */
    record Remove(String tenant, SessionProof session, Proof proof, String remoteAddress, Digest fresh)
            implements SecondFactors<Change> {}

    sealed interface Change {
        record Changed(List<SequencedDenial> denials) implements Change {
            public Changed {
                denials = List.copyOf(denials);
            }
        }

        record Refused(Refusal reason) implements Change {}
    }

    enum Refusal {
        /** Login or session do not count any more. */
        OVER,
        WRONG_CODE,
        /** The password was shown too long ago. */
        NOT_RECENT,
        /** There is one already, or none any more. */
        CHANGED_MEANWHILE
    }

    /** Takes away what its owner lost, for an operator; all that was given to the user ends. */
    record Reset(String tenant, LoginName user) implements SecondFactors<ResetDone> {}

    /** @param done false: there is no such user, or none with a second factor */
    record ResetDone(boolean done, List<SequencedDenial> denials) {
        public ResetDone {
            denials = List.copyOf(denials);
        }
    }
}
