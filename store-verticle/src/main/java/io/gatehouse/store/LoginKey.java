package io.gatehouse.store;

import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.LoginName.Kind;
import io.gatehouse.common.model.UserProfile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one spelling under which a login name is looked up, kept unique and throttled: what looks the same to its owner
 * is the same.
 */
public record LoginKey(Kind kind, String value) {
    public static LoginKey of(LoginName name) {
        return of(name.kind(), name.value());
    }

    /** Every name a user has. */
    public static List<LoginKey> of(UserProfile profile) {
        List<LoginKey> keys = new ArrayList<>();
        keys.add(of(Kind.USERNAME, profile.username()));
        add(Kind.EMAIL, profile.email(), keys);
        add(Kind.PHONE, profile.phone(), keys);
        add(Kind.EMPLOYEE_ID, profile.employeeId(), keys);
        return keys;
    }

    private static void add(Kind kind, @Nullable String value, List<LoginKey> keys) {
        if (value != null) {
            keys.add(of(kind, value));
        }
    }

    private static LoginKey of(Kind kind, String value) {
        return new LoginKey(kind, new LoginName(kind, value).folded().value());
    }

    /** A personal datum: not for logs. */
    @Override
    public String toString() {
        return "LoginKey[" + kind + "]";
    }
}
