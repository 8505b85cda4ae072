package io.gatehouse.common.message;

import io.gatehouse.common.crypto.Digest;
import java.time.Instant;

/**
 * The store's word, for itself, that a user who has a second factor showed the password. It is no session, and spent by the
 * login that it becomes.
 *
 * @param id tells it from others
 * @param subjectEpoch generation of the user: in another one it counts no more
 * @param authTime when the password was shown
 */
public record PasswordStatement(
        String tenant, String subject, long subjectEpoch, Digest id, Instant authTime, Instant expiresAt) {}
