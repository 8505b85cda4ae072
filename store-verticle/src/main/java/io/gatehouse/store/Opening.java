package io.gatehouse.store;

/** How the first write of a grant ended. */
public enum Opening {
    OPENED,
    /** A grant of that id is there already: a grant is opened once. */
    EXISTS,
    /** The user is gone, not active, or logged out meanwhile. */
    SUBJECT_REFUSED,
    /** The client is gone, disabled, or denied meanwhile. */
    CLIENT_REFUSED
}
