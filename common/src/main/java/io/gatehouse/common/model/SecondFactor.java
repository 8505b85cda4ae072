package io.gatehouse.common.model;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Sealed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A user's second factor, time-based one-time passwords (RFC 6238), as the store keeps it.
 *
 * @param enrolledAt tells it from one that the same user had before
 * @param secret sealed by the token role, which alone opens it
 * @param recovery digests of the recovery codes that are left
 * @param lastStep the latest time step whose code counted: no code of it, or of an earlier one, counts again
 */
public record SecondFactor(
        String tenant, String subject, Instant enrolledAt, Sealed secret, List<Digest> recovery, long lastStep) {
    /** RFC 8176, section 2: what a session's {@code amr} holds that was begun with one. */
    public static final String AMR = "otp";
    /** Likewise: that there were two. */
    public static final String AMR_SEVERAL = "mfa";
    /** How long ago whoever enrols or removes one may have shown the password. */
    public static final Duration RECENT = Duration.ofMinutes(15);

    public static final int RECOVERY_CODES = 10;

    public SecondFactor {
        recovery = List.copyOf(recovery);
    }

    /** Whether a login was by two factors. */
    public static boolean isIn(List<String> amr) {
        return amr.contains(AMR);
    }

    /** The {@code amr} of a session once its user has a second factor, or none any more. */
    public static List<String> amr(List<String> before, boolean enrolled) {
        List<String> amr = new ArrayList<>(before);
        amr.removeAll(List.of(AMR, AMR_SEVERAL));
        if (enrolled) {
            amr.addAll(List.of(AMR, AMR_SEVERAL));
        }
        return amr;
    }

    /** How many of the recovery codes have been used. */
    public int spentRecoveryCodes() {
        return Math.max(0, RECOVERY_CODES - recovery.size());
    }

    /** The same once a code of that step counted. */
    public SecondFactor used(long step) {
        return new SecondFactor(tenant, subject, enrolledAt, secret, recovery, step);
    }

    /** The same once a recovery code counted. */
    public SecondFactor without(Digest code) {
        List<Digest> left = recovery.stream().filter(one -> !one.equals(code)).toList();
        return new SecondFactor(tenant, subject, enrolledAt, secret, left, lastStep);
    }
}
