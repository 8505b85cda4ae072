package io.gatehouse.common.message;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.TokenFamily;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The token role's word that a client signed a login, for the store.
 *
 * @param user who logs in; null: the tenant's administrator
 * @param replay remembered until {@code replayUntil} and refused a second time; null: the JWT has no time, nothing to
 *     remember it by
 * @param expiresAt of this statement, five seconds after it was made
 * @param jwt of what was signed, where it has a time and does not name the user: such a JWT may come with many users,
 *     and {@code replay} knows each of them apart; else null
 * @param replaySince nobody can have presented the JWT before, on the clock of any node; a store that lost its memory of
 *     that time must refuse it. Null: it may have been presented at any time
 */
public record ClientJwtStatement(
        String tenant,
        String clientId,
        long clientEpoch,
        TokenFamily family,
        @Nullable LoginName user,
        @Nullable Digest replay,
        @Nullable Instant replayUntil,
        Instant authTime,
        Instant expiresAt,
        @Nullable Digest jwt,
        @Nullable Instant replaySince) {
    /** Of a JWT that names its user and may have been presented at any time before. */
    public ClientJwtStatement(
            String tenant,
            String clientId,
            long clientEpoch,
            TokenFamily family,
            @Nullable LoginName user,
            @Nullable Digest replay,
            @Nullable Instant replayUntil,
            Instant authTime,
            Instant expiresAt) {
        this(tenant, clientId, clientEpoch, family, user, replay, replayUntil, authTime, expiresAt, null, null);
    }
}
