package io.gatehouse.common.message;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.common.model.UserProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Browser sessions, and what a user may see and do with one. Every message shows the session itself: the gateway's word
 * on who is there counts for nothing.
 */
public sealed interface Sessions<R> extends StoreRequest<R> {
    String ADDRESS = "gatehouse.v1.store.sessions";

    @Override
    default String address() {
        return ADDRESS;
    }

    /**
     * Logs a user in by password: throttled as {@link Users.Authenticate} is. Where the browser's session is the same
     * user's, it goes on under the new secret; another user's ends.
     *
     * @param remoteAddress the throttle's second key
     * @param fresh digest of the new cookie's secret
     * @param current what the browser showed; null: nothing
     * @param device what the browser says it is, in a few words; at most 64 characters
     */
    record Begin(
            String tenant,
            LoginName loginName,
            Secret password,
            String remoteAddress,
            Digest fresh,
            @Nullable SessionProof current,
            String device)
            implements Sessions<Beginning> {
        @Override
        public Duration timeout() {
            return Duration.ofSeconds(5);
        }
    }

    sealed interface Beginning {
        /**
         * @param sid of the session: a new one, or the browser's own
         * @param denials what died with another user's
         */
        record Begun(String sid, Instant expiresAt, List<SequencedDenial> denials) implements Beginning {
            public Begun {
                denials = List.copyOf(denials);
            }
        }

        record Rejected(Users.Rejection reason) implements Beginning {}

        /**
         * The password was right, and the user has a second factor: {@link SecondFactors.LogIn} goes on.
         *
         * @param password a {@link PasswordStatement}
         */
        record FactorNeeded(Attestation password) implements Beginning {}
    }

    record Find(String tenant, SessionProof session) implements Sessions<Found> {
        @Override
        public boolean isRead() {
            return true;
        }
    }

    /** @param session null: there is no such session that counts now */
    record Found(@Nullable Current session) {}

    /** A session that counts now. */
    record Current(String sid, UserProfile user, Instant authTime, List<String> amr, Instant expiresAt) {
        public Current {
            amr = List.copyOf(amr);
        }
    }

    /**
     * Asks for the store's word on a session, to let requests pass to services by. It is a use of the session, which is written
     * down where it is noticeable: who works with a service all day is not logged out for never seeing a page of ours.
     */
    record Vouch(String tenant, SessionProof session) implements Sessions<Vouched> {}

    /** @param session null: there is no such session that counts now */
    record Vouched(@Nullable Vouching session) {}

    /**
     * The store's word on a session that counts now.
     *
     * @param statement a {@link SessionStatement}
     * @param subjectEpoch generation of what was given to the user: once a later one begins, it counts no more
     * @param expiresAt when the session ends in any case
     */
    record Vouching(Attestation statement, long subjectEpoch, Instant expiresAt) {}

    /** What its owner may see: profile, sessions and consents. */
    record Overview(String tenant, SessionProof session) implements Sessions<Overviewed> {
        @Override
        public boolean isRead() {
            return true;
        }
    }

    /**
     * @param session null: there is no such session that counts now; then both lists are empty
     * @param sessions of the user, the latest used first, 50 at most
     * @param consents of the user that hold, 50 at most
     * @param spentRecoveryCodes of the user's second factor; 0 also where there is none
     */
    record Overviewed(
            @Nullable Current session,
            List<SessionSummary> sessions,
            List<ConsentSummary> consents,
            int spentRecoveryCodes) {
        public Overviewed {
            sessions = List.copyOf(sessions);
            consents = List.copyOf(consents);
        }
    }

    record SessionSummary(String sid, String device, Instant createdAt, Instant lastUsedAt, Instant expiresAt) {}

    /** @param clientName null: it has none */
    record ConsentSummary(String clientId, @Nullable String clientName, Scope scope, Instant grantedAt) {}

    /**
     * Ends the session, or another one of the same user: access tokens of it are denied, refresh tokens but for those with
     * offline_access die, and clients that listen are told.
     *
     * @param sid of another one; null: itself
     */
    record End(
            String tenant, SessionProof session, @Nullable String sid) implements Sessions<Ended> {}

    /** @param done false: there was none */
    record Ended(boolean done, List<SequencedDenial> denials) {
        public Ended {
            denials = List.copyOf(denials);
        }
    }

    /**
     * Takes back what the user allowed a client: its refresh tokens die, access tokens that rest on it are denied, and it
     * must ask again.
     */
    record Withdraw(String tenant, SessionProof session, String clientId) implements Sessions<Withdrawn> {}

    /**
     * @param done false: there was no such consent, or no such session
     * @param denials empty from an older store as well
     */
    record Withdrawn(boolean done, List<SequencedDenial> denials) {
        public Withdrawn {
            denials = List.copyOf(denials);
        }
    }

    /**
     * Throttled as a login is. Ends every other session of the user and everything that was given so far.
     *
     * @param current the password that holds
     * @param replacement the one that shall hold
     * @param fresh digest of the secret that the session's cookie has from now on
     */
    record ChangePassword(
            String tenant, SessionProof session, Secret current, Secret replacement, String remoteAddress, Digest fresh)
            implements Sessions<PasswordChange> {
        @Override
        public Duration timeout() {
            return Duration.ofSeconds(5);
        }
    }

    sealed interface PasswordChange {
        record Changed(List<SequencedDenial> denials) implements PasswordChange {
            public Changed {
                denials = List.copyOf(denials);
            }
        }

        record Refused(PasswordRefusal reason) implements PasswordChange {}
    }

    enum PasswordRefusal {
        NO_SESSION,
        WRONG_PASSWORD,
        TOO_SHORT,
        TOO_LONG,
        SAME_AS_BEFORE
    }
}
