package io.gatehouse.common.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What verifiers refuse before it expires by itself.
 *
 * @param key a {@code jti}, {@code gid}, {@code sid}, subject, client id or {@code kid}, as {@code kind} says; the
 *     subject's for consents; never token bytes
 * @param epoch for subjects, clients and consents: tokens of an earlier generation are denied; else 0
 * @param clientId whose tokens it is about; empty where it is about more than one client's
 * @param expiresAt when the last token it could be about is out
 * @param gid of a token: the grant it came from; null: none, or the denial is of another kind
 */
public record Denial(
        String tenant,
        Kind kind,
        String key,
        long epoch,
        String clientId,
        Instant expiresAt,
        @Nullable String gid) {
    /** Of any kind but a token of a grant. */
    public Denial(String tenant, Kind kind, String key, long epoch, String clientId, Instant expiresAt) {
        this(tenant, kind, key, epoch, clientId, expiresAt, null);
    }

    public enum Kind {
        TOKEN,
        GRANT,
        SESSION,
        SUBJECT,
        CLIENT,
        KEY,
        /** What a user allowed a client: tokens that rest on no consent are not meant. */
        CONSENT
    }
}
