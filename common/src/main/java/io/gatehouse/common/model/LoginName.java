package io.gatehouse.common.model;

import java.text.Normalizer;
import java.util.Locale;

/** By what a user names itself at login. A {@code USERNAME} that holds an address is looked up as a username only. */
public record LoginName(Kind kind, String value) {
    public enum Kind {
        USERNAME,
        EMAIL,
        PHONE,
        EMPLOYEE_ID
    }

    /** In the one spelling that counts: what looks the same to its owner is the same. */
    public LoginName folded() {
        return switch (kind) {
            case USERNAME, EMAIL ->
                new LoginName(
                        kind, Normalizer.normalize(value, Normalizer.Form.NFC).toLowerCase(Locale.ROOT));
            case PHONE, EMPLOYEE_ID -> this;
        };
    }

    /** A personal datum: not for logs. */
    @Override
    public String toString() {
        return "LoginName[" + kind + "]";
    }
}
