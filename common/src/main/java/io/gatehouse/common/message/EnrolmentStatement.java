package io.gatehouse.common.message;

import io.gatehouse.common.crypto.Sealed;
import java.time.Instant;

/**
 * The token role's word that it made a secret, and that somebody showed a code of it, for the store.
 *
 * @param secret sealed to be the subject's
 * @param step the time step of the code
 * @param expiresAt five seconds after it was made
 */
public record EnrolmentStatement(String tenant, String subject, Sealed secret, long step, Instant expiresAt) {}
