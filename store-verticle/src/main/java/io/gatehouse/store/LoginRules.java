package io.gatehouse.store;

import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.UserProfile;

/** By which of its names a user may be logged in, by a password and by a client's JWT alike. */
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
}
