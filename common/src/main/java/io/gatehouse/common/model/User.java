package io.gatehouse.common.model;

import io.gatehouse.common.crypto.Secret;
import org.jspecify.annotations.Nullable;

/**
 * A user as the store keeps it.
 *
 * @param passwordHash in the PHC string format or an imported one; null: no login by password
 * @param epoch generation of the user's sessions and grants: what was given in an earlier one is refused
 * @param version counts changes
 */
public record User(UserProfile profile, @Nullable Secret passwordHash, long epoch, long version) {}
