package io.gatehouse.store.embedded;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.model.User;
import io.gatehouse.common.model.UserProfile;
import io.gatehouse.common.model.UserState;
import java.time.Instant;

/** Copies of a user's row in another state. */
final class UserRow {
    private UserRow() {}

    static User loggedIn(User user, Instant now) {
        UserProfile profile = user.profile().inState(user.profile().state(), now);
        return new User(profile, user.passwordHash(), user.epoch(), user.version());
    }

    /** Everything the user was given so far is refused. */
    static User nextEpoch(User user) {
        return new User(user.profile(), user.passwordHash(), user.epoch() + 1, user.version() + 1);
    }

    static User withPassword(User user, Secret passwordHash) {
        return new User(user.profile(), passwordHash, user.epoch(), user.version());
    }

    static User inState(User user, UserState state) {
        UserProfile profile = user.profile().inState(state, user.profile().lastLoginAt());
        return new User(profile, user.passwordHash(), user.epoch(), user.version() + 1);
    }
}
