package io.gatehouse.common.message;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.RequestedAccess;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.common.model.UserProfile;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Users: who they are, and whether a password is theirs. */
public sealed interface Users<R> extends StoreRequest<R> {
    String ADDRESS = "gatehouse.v1.store.users";

    @Override
    default String address() {
        return ADDRESS;
    }

    /**
     * Throttle first, then the password, then the state of the account; fails with {@code Throttled} before any hashing,
     * the same for any password and any or no account.
     *
     * @param clientId for whom: a registered client that authenticated, or a built-in one
     * @param scope what is asked for; the ticket holds what the client may have of it
     * @param remoteAddress the throttle's second key
     */
    record Authenticate(
            String tenant,
            LoginName loginName,
            Secret password,
            String clientId,
            TokenFamily family,
            Scope scope,
            String remoteAddress)
            implements Users<Authentication> {
        @Override
        public Duration timeout() {
            return Duration.ofSeconds(5);
        }
    }

    sealed interface Authentication {
        /**
         * @param ticket a {@link io.gatehouse.common.model.Ticket}
         * @param profile a {@link ProfileStatement} about the same user; null from an older store
         */
        record Authenticated(Attestation ticket, @Nullable Attestation profile) implements Authentication {
            /** From an older store. */
            public Authenticated(Attestation ticket) {
                this(ticket, null);
            }
        }

        record Rejected(Rejection reason) implements Authentication {}
    }

    /** Why not. All but the first are told only after the right password. */
    enum Rejection {
        BAD_CREDENTIALS,
        PENDING,
        SUSPENDED,
        DEACTIVATED,
        BLOCKED,
        /** The login named the user by an e-mail address that is not known to be theirs. */
        EMAIL_NOT_VERIFIED,
        /** The login named the user by a phone number that is not known to be theirs. */
        PHONE_NOT_VERIFIED,
        CLIENT_NOT_ALLOWED,
        /** The password alone is not enough: the user has a second factor, which only the login pages ask for. */
        SECOND_FACTOR_NEEDED
    }

    /**
     * The user whom an assertion is about; the assertion is spent by it.
     *
     * @param statement an {@link AssertionStatement}
     * @param access what the tokens are to be for, within what the client registered; null: the default audience
     */
    record AuthenticateByAssertion(
            Attestation statement, @Nullable RequestedAccess access) implements Users<AssertionLogin> {}

    sealed interface AssertionLogin {
        /** @param ticket a {@link io.gatehouse.common.model.Ticket} of a grant that is never written: nothing refreshes it */
        record Accepted(Attestation ticket) implements AssertionLogin {}

        record Refused(AssertionRefusal reason) implements AssertionLogin {}
    }

    enum AssertionRefusal {
        REPLAYED,
        /** There is no such user, or it may not log in, or not by that name. */
        SUBJECT_REFUSED,
        CLIENT_REFUSED
    }

    record Find(String tenant, String subject) implements Users<Found> {
        @Override
        public boolean isRead() {
            return true;
        }
    }

    /** @param user null: there is none */
    record Found(@Nullable UserProfile user) {}

    record Vouch(String tenant, String subject) implements Users<Vouched> {
        @Override
        public boolean isRead() {
            return true;
        }
    }

    /** @param profile a {@link ProfileStatement}; null: there is no such user, or it may not log in now */
    record Vouched(@Nullable Attestation profile) {}

    /**
     * Ends all that was given to the user so far: refresh tokens at once, access tokens by a denial of its epoch.
     *
     * @param subject as a verified access token of the user named it
     */
    record LogOut(String tenant, String subject) implements Users<LoggedOut> {}

    record LoggedOut(List<SequencedDenial> denials) {
        public LoggedOut {
            denials = List.copyOf(denials);
        }
    }

    /**
     * Creates the user or updates what the configuration declares of it: password, state and epoch of an existing one
     * stay.
     *
     * @param profile its subject and times are taken only where the user is new
     * @param password taken only where the user is new; null: no login by password
     */
    record Declare(UserProfile profile, @Nullable Secret password) implements Users<Declared> {
        @Override
        public Duration timeout() {
            return Duration.ofSeconds(30);
        }
    }

    record Declared(boolean changed) {}
}
