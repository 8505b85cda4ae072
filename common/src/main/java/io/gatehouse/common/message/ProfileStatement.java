package io.gatehouse.common.message;

import io.gatehouse.common.model.UserProfile;
import java.time.Instant;

/**
 * The store's word on a user who may log in now, for the token role.
 *
 * @param epoch generation of what was given to the user: tokens of an earlier one count no more
 * @param expiresAt of this statement, a few seconds after it was made
 */
public record ProfileStatement(UserProfile profile, long epoch, Instant expiresAt) {}
