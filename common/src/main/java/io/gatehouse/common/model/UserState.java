package io.gatehouse.common.model;

/** Whether a user may log in. Told to the user only after the right password. */
public enum UserState {
    ACTIVE,
    PENDING,
    SUSPENDED,
    DEACTIVATED,
    /** Blocked by an administrator. */
    BLOCKED
}
