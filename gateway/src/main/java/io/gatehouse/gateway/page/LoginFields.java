package io.gatehouse.gateway.page;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.gateway.oauth.Parameters;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wrote into the login form.
 *
 * @param name as it was written; empty: nothing
 */
record LoginFields(String name, Secret password) {
    private static final int LONGEST_NAME = 200;
    static final int LONGEST_PASSWORD_BYTES = 1024;
    private static final Pattern PHONE = Pattern.compile("\\+[0-9 ()/.-]{5,40}");
    private static final Pattern SEPARATORS = Pattern.compile("[^+0-9]");

    static LoginFields read(Parameters form) {
        String name = Objects.requireNonNullElse(form.get("username"), "").strip();
        return new LoginFields(name, Secret.of(Objects.requireNonNullElse(form.get("password"), "")));
    }

    boolean isComplete() {
        return !name.isEmpty() && password.value().length() > 0;
    }

    /** Nobody has such a name or password, so that there is nothing to look up. */
    boolean isOutOfBounds() {
        return name.length() > LONGEST_NAME || password.value().length() > LONGEST_PASSWORD_BYTES;
    }

    /** What goes back into the field; null: nothing. */
    @Nullable
    String hint() {
        return name.isEmpty() || name.length() > LONGEST_NAME ? null : name;
    }

    /** One field takes all three: what looks like an address or a number is one. */
    LoginName loginName() {
        int at = name.indexOf('@');
        if (at > 0 && at < name.length() - 1) {
            return new LoginName(LoginName.Kind.EMAIL, name);
        }
        return PHONE.matcher(name).matches()
                ? new LoginName(LoginName.Kind.PHONE, SEPARATORS.matcher(name).replaceAll(""))
                : new LoginName(LoginName.Kind.USERNAME, name);
    }
}
