package io.gatehouse.common.message;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.Scope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The token role's word that an issuer whom the tenant trusts signed for a user, for the store.
 *
 * @param clientEpoch generation of the client that may use it
 * @param user by which name it knows the user; null: by the subject
 * @param subject of a user of ours; null: by a name
 * @param scope the ceiling: the client's, less what the issuer may not give
 * @param issuer one-way name of it, whose values are told apart
 * @param replay to be spent ({@link OneTimeValues.Kind#AUTHORIZATION_GRANT}) before it counts
 * @param replaySince nobody can have presented it before
 * @param replayUntil nobody accepts it from then on
 * @param authTime when it was shown
 * @param expiresAt of this statement, five seconds after it was made
 */
public record AssertionStatement(
        String tenant,
        String clientId,
        long clientEpoch,
        @Nullable LoginName user,
        @Nullable String subject,
        Scope scope,
        String issuer,
        Digest replay,
        Instant replaySince,
        Instant replayUntil,
        Instant authTime,
        Instant expiresAt) {}
