package io.gatehouse.common.message;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Sealed;
import java.time.Instant;

/**
 * The store's leave to look at one guess at a user's code, for the token role: it was taken from the user's attempts.
 *
 * @param enrolledAt of the second factor
 * @param secret of it, as the token role sealed it
 * @param guess digest of a salt and the code: another code needs another challenge
 * @param expiresAt five seconds after it was made
 */
public record PasscodeChallenge(
        String tenant, String subject, Instant enrolledAt, Sealed secret, Digest guess, Instant expiresAt) {}
