package io.gatehouse.store;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.Logouts.Report;
import io.gatehouse.common.model.Consent;
import io.gatehouse.common.model.SecondFactor;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.SessionId;
import io.gatehouse.common.model.SessionProof;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of a {@link Store} that keeps who is logged in, and who is to hear that a session ended. */
public interface SessionStore {
    Sessions sessions();

    SecondFactors secondFactors();

    Logouts logouts();

    /**
     * Browser sessions and consents; a call that shows no session that counts ({@link SessionRules#stands}) changes nothing.
     */
    interface Sessions {
        /**
         * Writes the session of a user who has just logged in, and the time of it. Where {@code current} is the same user's and
         * counts, that one is renewed instead ({@link Session#renewed}); where it is another user's, it ends as {@link #end}
         * ends it.
         *
         * @param current what the browser showed; null: nothing
         */
        Future<SessionBegun> begin(Session fresh, @Nullable SessionProof current, Instant now);

        /** Null where it does not count. A noticeable use ({@link SessionTimes#isNoticeable}) is not written here. */
        Future<@Nullable SessionRows> find(String tenant, SessionProof session, Instant now);

        /** Writes a use down, where it is later than the last one; one of a session that does not count changes nothing. */
        Future<Void> use(String tenant, SessionProof session, Instant now, Instant idleUntil);

        /** Null where the session does not count. */
        Future<@Nullable SessionOverview> overview(String tenant, SessionProof session, Instant now);

        /**
         * Removes the session, or another one of the same user, denies what it gave (kind SESSION), and lets a logout wait for
         * each client that listens. Null where there is none to end.
         *
         * @param other null: the session itself
         */
        Future<@Nullable List<SequencedDenial>> end(
                String tenant, SessionProof session, @Nullable SessionId other, Instant now);

        /** Withdraws the consent ({@link Consent#withdrawn}) and denies what it gave (kind CONSENT). Null where none holds. */
        Future<@Nullable List<SequencedDenial>> withdraw(
                String tenant, SessionProof session, String clientId, Instant now);

        /**
         * Replaces the password where it is still the one that was checked: the user's next epoch begins and is denied, every
         * other session is removed as {@link #end} does (without denials of their own), and the shown one goes on in the new
         * epoch. Null where session or password are not as shown.
         *
         * @param checked the hash that holds
         * @param fresh digest of the session's new secret
         */
        Future<@Nullable List<SequencedDenial>> changePassword(
                String tenant, SessionProof session, Secret checked, Secret replacement, Digest fresh, Instant now);
    }

    /** Second factors, of which a user has one or none. */
    interface SecondFactors {
        Future<@Nullable SecondFactor> find(String tenant, String subject);

        /**
         * Whether a code counts: nothing of its time step or of a later one counted before. Of many at once, one is told so.
         *
         * @param enrolledAt of the second factor: one that took its place knows nothing of its steps
         */
        Future<Boolean> use(String tenant, String subject, Instant enrolledAt, long step);

        /** Whether this took the recovery code away: of many at once, one did. */
        Future<Boolean> recover(String tenant, String subject, Digest code);

        /**
         * Writes the second factor of the session's user where there is none, or takes it away where there is one. The user's
         * next epoch begins and is denied, every other session is removed as by {@link Sessions#changePassword}, and the shown
         * one goes on in the new epoch with {@code amr} as it is then. Null where the session does not count, or nothing was to
         * be changed.
         *
         * @param factor null: takes it away
         * @param fresh digest of the session's new secret
         */
        Future<@Nullable List<SequencedDenial>> change(
                String tenant, SessionProof session, @Nullable SecondFactor factor, Digest fresh, Instant now);

        /** Takes it away whoever is logged in; says whether there was one. */
        Future<Boolean> remove(String tenant, String subject);
    }

    /** Logouts that clients are still to hear of. */
    interface Logouts {
        /** Some that are due, which are not due again before {@code leaseEnd}: given to one asker only. */
        Future<List<PendingLogout>> claim(int limit, Instant leaseEnd, Instant now);

        /**
         * Removes it where it is done, was tried too often, or would be due again only after its end; else it waits for its
         * next try.
         */
        Future<Void> report(Report request, Instant now);
    }
}
