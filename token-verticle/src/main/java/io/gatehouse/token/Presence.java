package io.gatehouse.token;

import java.time.Instant;

/**
 * A user who is known to be there.
 *
 * @param epoch generation of what was given to the user
 * @param end from when on the user must log in again
 */
record Presence(String subject, long epoch, Instant end) {}
