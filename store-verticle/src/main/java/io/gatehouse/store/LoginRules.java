package io.gatehouse.store;

import io.gatehouse.common.message.Users.Rejection;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.User;
import io.gatehouse.common.model.UserProfile;
import io.gatehouse.common.model.UserState;
import org.jspecify.annotations.Nullable;

/** Who may log in, and by which of its names: by a password, with or without a browser, and by a client's JWT alike. */
public final class LoginRules {
    private LoginRules() {}

    /** Whoever typed a stranger's address or number into a profile must not be found by it. */
    public static boolean mayBeNamedBy(LoginName.Kind kind, UserProfile profile) {
        return switch (kind) {
            case USERNAME, EMPLOYEE_ID -> true;
            case EMAIL -> profile.emailVerified();
            case PHONE -> profile.phoneVerified();
        };
    }

    /**
     * What a login fails of; null: of nothing that the user is asked about.
     *
     * @param user null: nobody has that name
     * @param matches whether the password is the user's: without it nothing else is told
     */
    static @Nullable Rejection rejection(@Nullable User user, boolean matches, LoginName.Kind namedBy) {
        if (user == null || !matches) {
            return Rejection.BAD_CREDENTIALS;
        }
        Rejection byState = rejection(user.profile().state());
        if (byState != null || mayBeNamedBy(namedBy, user.profile())) {
            return byState;
        }
        return namedBy == LoginName.Kind.PHONE ? Rejection.PHONE_NOT_VERIFIED : Rejection.EMAIL_NOT_VERIFIED;
    }

    private static @Nullable Rejection rejection(UserState state) {
        return switch (state) {
            case ACTIVE -> null;
            case PENDING -> Rejection.PENDING;
            case SUSPENDED -> Rejection.SUSPENDED;
            case DEACTIVATED -> Rejection.DEACTIVATED;
            case BLOCKED -> Rejection.BLOCKED;
        };
    }
}
