package io.gatehouse.token;

import io.gatehouse.common.model.ProfileValue;
import io.gatehouse.common.model.UserProfile;
import org.jspecify.annotations.Nullable;

/** What stands in a user's profile. */
final class ProfileValues {
    private ProfileValues() {}

    /** A text, a {@link Boolean} or a list of texts; null where the profile has nothing there. */
    static @Nullable Object read(UserProfile user, ProfileValue value) {
        return switch (value.field()) {
            case UID -> uid(user);
            case USERNAME -> user.username();
            case NAME -> user.name();
            case EMAIL -> user.email();
            case EMAIL_VERIFIED -> user.emailVerified();
            case PHONE -> user.phone();
            case PHONE_VERIFIED -> user.phoneVerified();
            case EMPLOYEE_ID -> user.employeeId();
            case ROLES -> user.roles();
            case CLAIM -> value.claim() == null ? null : user.claims().get(value.claim());
        };
    }

    /** The subject without dashes. */
    static String uid(UserProfile user) {
        return user.subject().replace("-", "");
    }
}
