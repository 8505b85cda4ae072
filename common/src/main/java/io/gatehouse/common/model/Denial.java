package io.gatehouse.common.model;

import java.time.Instant;

/**
 * What verifiers refuse before it expires by itself.
 *
 * @param key a {@code jti}, {@code gid}, {@code sid}, subject, client id or {@code kid}, as {@code kind} says; never
 *     token bytes
 * @param epoch for subjects and clients: tokens of an earlier generation are denied; else 0
 * @param clientId whose tokens it is about; empty where it is about more than one client's
 * @param expiresAt when the last token it could be about is out
 */
public record Denial(String tenant, Kind kind, String key, long epoch, String clientId, Instant expiresAt) {
    public enum Kind {
        TOKEN,
        GRANT,
        SESSION,
        SUBJECT,
        CLIENT,
        KEY
    }
}
