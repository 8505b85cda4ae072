package io.gatehouse.common.model;

/** By what a user names itself at login. A {@code USERNAME} that holds an address is looked up as a username only. */
public record LoginName(Kind kind, String value) {
    public enum Kind {
        USERNAME,
        EMAIL,
        PHONE,
        EMPLOYEE_ID
    }

    /** A personal datum: not for logs. */
    @Override
    public String toString() {
        return "LoginName[" + kind + "]";
    }
}
