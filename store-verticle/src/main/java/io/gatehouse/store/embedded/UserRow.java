package io.gatehouse.store.embedded;

import io.gatehouse.common.model.User;
import io.gatehouse.common.model.UserProfile;
import io.gatehouse.common.model.UserState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Copies of a user's row in another state. */
final class UserRow {
    private UserRow() {}

    static User loggedIn(User user, Instant now) {
        UserProfile profile = profile(user.profile(), user.profile().state(), now);
        return new User(profile, user.passwordHash(), user.epoch(), user.version());
    }

    /** Everything the user was given so far is refused. */
    static User nextEpoch(User user) {
        return new User(user.profile(), user.passwordHash(), user.epoch() + 1, user.version() + 1);
    }

    static User inState(User user, UserState state) {
        UserProfile profile = profile(user.profile(), state, user.profile().lastLoginAt());
        return new User(profile, user.passwordHash(), user.epoch(), user.version() + 1);
    }

    private static UserProfile profile(UserProfile profile, UserState state, @Nullable Instant lastLoginAt) {
        return new UserProfile(
                profile.tenant(),
                profile.subject(),
                profile.username(),
                profile.name(),
                profile.email(),
                profile.emailVerified(),
                profile.phone(),
                profile.phoneVerified(),
                profile.employeeId(),
                profile.roles(),
                state,
                profile.createdAt(),
                lastLoginAt,
                profile.claims());
    }
}
