package io.gatehouse.common.model;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a subject granted to a client, and the one row behind all refresh tokens of it, whatever the number of
 * rotations.
 *
 * @param familySecret digest of the part of the refresh token that never changes
 * @param currentSecret digest of the part that is valid now
 * @param previousSecret digest of the part that was valid before the last rotation
 * @param sealedSuccessor the refresh token the last rotation gave, sealed under the previous secret, for replays
 * @param generation counts rotations
 * @param rotatedAt when the previous secret was first exchanged; a replay never moves it
 * @param replayed whether the successor was handed out a second time: the rotation can't be undone any more
 * @param subjectEpoch the user's generation this was granted in
 * @param confirmation key binding (RFC 7800 thumbprint); null: none
 * @param sessionId of the browser session; null: none
 * @param idleExpiresAt when it dies unless used before
 * @param expiresAt when it dies in any case
 * @param revokedAt null while it lives
 * @param claims what the client asked for one by one; null: nothing
 * @param consentEpoch generation of the consent it was given by; 0: by none
 * @param access that was granted beside the scope; null: none
 */
public record Grant(
        String tenant,
        GrantId id,
        String clientId,
        String subject,
        TokenFamily family,
        Scope scope,
        Digest familySecret,
        Digest currentSecret,
        @Nullable Digest previousSecret,
        @Nullable Bytes sealedSuccessor,
        long generation,
        @Nullable Instant rotatedAt,
        boolean replayed,
        long subjectEpoch,
        long clientEpoch,
        @Nullable String confirmation,
        @Nullable String sessionId,
        Instant authTime,
        List<String> amr,
        Instant createdAt,
        Instant idleExpiresAt,
        Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable RequestedClaims claims,
        long consentEpoch,
        @Nullable RequestedAccess access) {
    /** Outlives the browser session it was given in. */
    private static final String OFFLINE = "offline_access";

    public Grant {
        amr = List.copyOf(amr);
    }

    /** One that no consent stands behind. */
    public Grant(
            String tenant,
            GrantId id,
            String clientId,
            String subject,
            TokenFamily family,
            Scope scope,
            Digest familySecret,
            Digest currentSecret,
            @Nullable Digest previousSecret,
            @Nullable Bytes sealedSuccessor,
            long generation,
            @Nullable Instant rotatedAt,
            boolean replayed,
            long subjectEpoch,
            long clientEpoch,
            @Nullable String confirmation,
            @Nullable String sessionId,
            Instant authTime,
            List<String> amr,
            Instant createdAt,
            Instant idleExpiresAt,
            Instant expiresAt,
            @Nullable Instant revokedAt) {
        this(
                tenant,
                id,
                clientId,
                subject,
                family,
                scope,
                familySecret,
                currentSecret,
                previousSecret,
                sealedSuccessor,
                generation,
                rotatedAt,
                replayed,
                subjectEpoch,
                clientEpoch,
                confirmation,
                sessionId,
                authTime,
                amr,
                createdAt,
                idleExpiresAt,
                expiresAt,
                revokedAt,
                null,
                0,
                null);
    }

    /** The session that it ends with; null: it was given in none, or outlives it. */
    public @Nullable SessionId boundSession() {
        return sessionId == null || scope.contains(OFFLINE) ? null : SessionId.parse(sessionId);
    }

    public boolean isLive(Instant now) {
        return revokedAt == null && now.isBefore(idleExpiresAt) && now.isBefore(expiresAt);
    }

    /** @param successor digest of the new secret */
    public Grant rotated(Digest successor, Bytes sealed, Instant now, Instant idleUntil) {
        return with(successor, currentSecret, sealed, generation + 1, now, false, idleUntil, revokedAt);
    }

    public Grant replayedOnce() {
        return with(
                currentSecret, previousSecret, sealedSuccessor, generation, rotatedAt, true, idleExpiresAt, revokedAt);
    }

    /** Takes the last rotation back; the secret before the previous one stays unknown. */
    public Grant unrotated() {
        Digest restored = previousSecret == null ? currentSecret : previousSecret;
        return with(restored, null, null, generation + 1, null, false, idleExpiresAt, revokedAt);
    }

    /** @param idleUntil when it dies unless used before */
    public Grant used(Instant idleUntil) {
        return with(
                currentSecret, previousSecret, sealedSuccessor, generation, rotatedAt, replayed, idleUntil, revokedAt);
    }

    public Grant revoked(Instant now) {
        return with(currentSecret, previousSecret, null, generation, rotatedAt, replayed, idleExpiresAt, now);
    }

    private Grant with(
            Digest current,
            @Nullable Digest previous,
            @Nullable Bytes sealed,
            long newGeneration,
            @Nullable Instant rotation,
            boolean wasReplayed,
            Instant idleUntil,
            @Nullable Instant revocation) {
        return new Grant(
                tenant,
                id,
                clientId,
                subject,
                family,
                scope,
                familySecret,
                current,
                previous,
                sealed,
                newGeneration,
                rotation,
                wasReplayed,
                subjectEpoch,
                clientEpoch,
                confirmation,
                sessionId,
                authTime,
                amr,
                createdAt,
                idleUntil,
                expiresAt,
                revocation,
                claims,
                consentEpoch,
                access);
    }
}
