package io.gatehouse.store;

import io.gatehouse.common.crypto.Secret;
import org.jspecify.annotations.Nullable;

/** Slow on purpose: not for event loops. */
public interface PasswordHasher {
    /** As a new user's password is stored. */
    Secret hash(Secret password);

    /** @param hash null where there is no such user, or one without a password: takes as long, and is never right */
    boolean matches(Secret password, @Nullable Secret hash);
}
