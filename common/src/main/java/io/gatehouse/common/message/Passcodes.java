package io.gatehouse.common.message;

import io.gatehouse.common.crypto.Sealed;
import io.gatehouse.common.crypto.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Time-based one-time passwords (RFC 6238): 6 digits by SHA-1, a new one every 30 seconds. Their secrets are opened by the
 * token role alone.
 */
public sealed interface Passcodes<R> extends TokenRequest<R> {
    String ADDRESS = "gatehouse.v1.token.passcodes";

    @Override
    default String address() {
        return ADDRESS;
    }

    /** What it answers is kept nowhere: it can be asked again. */
    @Override
    default boolean isRead() {
        return true;
    }

    /** A new secret, for a user who is about to enrol. */
    record Make(String tenant, String subject) implements Passcodes<Made> {}

    /**
     * @param secret in base32, to be shown to the user
     * @param sealed to be confirmed by that user, and good for nothing before
     */
    record Made(Secret secret, Sealed sealed) {}

    /** @param sealed as {@link Made} gave it */
    record Confirm(String tenant, String subject, Sealed sealed, Secret code) implements Passcodes<Confirmed> {}

    /** @param enrolment an {@link EnrolmentStatement}; null: that is not the code */
    record Confirmed(@Nullable Attestation enrolment) {}

    /**
     * @param challenge a {@link PasscodeChallenge} for this very code
     * @param salt that its digest was made with
     */
    record Check(String tenant, Attestation challenge, Secret salt, Secret code) implements Passcodes<Checked> {}

    /** @param passcode a {@link PasscodeStatement}; null: that is not the code */
    record Checked(@Nullable Attestation passcode) {}
}
