package io.gatehouse.store;

import io.gatehouse.common.message.Grants.Refusal;
import io.gatehouse.common.message.Grants.Rotate;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Consent;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.User;
import io.gatehouse.common.model.UserState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a presented refresh token (RFC 9700, section 4.14.2), as a function of the rows of one moment. A back
 * end that decides in SQL says the same.
 */
public final class RotationRules {
    private final GrantTimes times;

    public RotationRules(GrantTimes times) {
        this.times = times;
    }

    /** What to write and what to answer. */
    public sealed interface Verdict {
        /** @param next the grant to write */
        record Rotate(Grant next) implements Verdict {}

        /** @param next the grant to write, where this is the first replay */
        record Replay(Grant next, boolean first) implements Verdict {}

        /** @param next the grant to write */
        record Keep(Grant next) implements Verdict {}

        /** Somebody has a copy: the grant dies. */
        record Reuse() implements Verdict {}

        record Refuse(Refusal reason) implements Verdict {}
    }

    /**
     * Nulls are rows that are not there.
     *
     * @param session that the grant ends with
     * @param consent of the grant's user to its client
     */
    public Verdict decide(
            Rotate request,
            @Nullable Grant grant,
            @Nullable User user,
            @Nullable Client client,
            @Nullable Session session,
            @Nullable Consent consent,
            Instant now) {
        if (grant == null || !isPresentersOwn(request, grant)) {
            return new Verdict.Refuse(Refusal.UNKNOWN);
        }
        Refusal refusal = refusal(grant, user, client, session, consent, now);
        if (refusal != null || client == null) {
            return new Verdict.Refuse(refusal == null ? Refusal.CLIENT_REFUSED : refusal);
        }
        if (request.presented().equals(grant.currentSecret())) {
            Instant idleEnd = times.idleEnd(grant.family(), now, grant.expiresAt());
            return client.rotatesRefreshTokens()
                    ? new Verdict.Rotate(grant.rotated(request.successor(), request.sealedSuccessor(), now, idleEnd))
                    : new Verdict.Keep(grant.used(idleEnd));
        }
        return isReplay(request, grant, now)
                ? new Verdict.Replay(grant.replayedOnce(), !grant.replayed())
                : new Verdict.Reuse();
    }

    /** Null where the grant, and everything it rests on, still stands. */
    public static @Nullable Refusal refusal(
            Grant grant,
            @Nullable User user,
            @Nullable Client client,
            @Nullable Session session,
            @Nullable Consent consent,
            Instant now) {
        if (!now.isBefore(grant.idleExpiresAt()) || !now.isBefore(grant.expiresAt())) {
            return Refusal.EXPIRED;
        }
        if (grant.revokedAt() != null) {
            return Refusal.REVOKED;
        }
        if (!stands(user, grant.subjectEpoch())
                || (grant.boundSession() != null && !SessionRules.carries(session, now))) {
            return Refusal.SUBJECT_REFUSED;
        }
        return stands(client, grant.clientEpoch()) && SessionRules.carries(consent, grant.consentEpoch())
                ? null
                : Refusal.CLIENT_REFUSED;
    }

    /** Whether what was given to the user in a generation still counts. */
    public static boolean stands(@Nullable User user, long epoch) {
        return user != null && user.profile().state() == UserState.ACTIVE && user.epoch() <= epoch;
    }

    /** Whether what was given to the client in a generation still counts. */
    public static boolean stands(@Nullable Client client, long epoch) {
        return client != null && !client.disabled() && client.epoch() <= epoch;
    }

    /** Whoever fails here learns nothing and changes nothing: a stranger must not be able to end a grant. */
    private static boolean isPresentersOwn(Rotate request, Grant grant) {
        return grant.tenant().equals(request.tenant())
                && grant.clientId().equals(request.clientId())
                && grant.familySecret().equals(request.familySecret())
                && (grant.confirmation() == null || grant.confirmation().equals(request.confirmation()));
    }

    private boolean isReplay(Rotate request, Grant grant, Instant now) {
        // Without a window there are no replays, also for one whose clock stands before the rotation's.
        return !times.replayWindow().isZero()
                && request.presented().equals(grant.previousSecret())
                && grant.rotatedAt() != null
                && grant.sealedSuccessor() != null
                && now.isBefore(grant.rotatedAt().plus(times.replayWindow()));
    }
}
