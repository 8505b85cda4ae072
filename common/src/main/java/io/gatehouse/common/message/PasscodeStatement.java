package io.gatehouse.common.message;

import java.time.Instant;

/**
 * The token role's word that a code was right, for the store.
 *
 * @param enrolledAt of the second factor that it is a code of
 * @param step the time step that it is the code of (RFC 6238, section 4.2)
 * @param expiresAt five seconds after it was made
 */
public record PasscodeStatement(String tenant, String subject, Instant enrolledAt, long step, Instant expiresAt) {}
