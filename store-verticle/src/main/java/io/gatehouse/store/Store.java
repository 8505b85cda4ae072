package io.gatehouse.store;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.limit.Gcra;
import io.gatehouse.common.message.Codes.PutRefusal;
import io.gatehouse.common.message.Codes.SessionPutting;
import io.gatehouse.common.message.Codes.Take;
import io.gatehouse.common.message.Devices.Decide;
import io.gatehouse.common.message.Devices.Poll;
import io.gatehouse.common.message.Devices.Polled;
import io.gatehouse.common.message.Devices.Waiting;
import io.gatehouse.common.message.Grants.Find;
import io.gatehouse.common.message.Grants.Revoke;
import io.gatehouse.common.message.Grants.Revoked;
import io.gatehouse.common.message.Grants.Rotate;
import io.gatehouse.common.message.Grants.Unrotate;
import io.gatehouse.common.message.Keys.Save;
import io.gatehouse.common.message.Logouts.Report;
import io.gatehouse.common.message.OneTimeValues.Spend;
import io.gatehouse.common.message.PartHealth;
import io.gatehouse.common.message.Revocations.Page;
import io.gatehouse.common.message.Revocations.Read;
import io.gatehouse.common.message.Verifiers.Live;
import io.gatehouse.common.message.Verifiers.Standing;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Consent;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.JwtApp;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.SealedKeySet;
import io.gatehouse.common.model.SecondFactor;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.SessionId;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.User;
import io.gatehouse.common.model.UserProfile;
import io.gatehouse.common.model.UserState;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A back end. Every call is atomic and can be one statement; what it answers is durable when it answers. Rows carry
 * their expiry and every call compares it with the {@code now} it is given: sweeping only collects garbage.
 *
 * <p>Calls fail with {@link io.gatehouse.common.error.OAuthFailure}: {@code Conflict} and {@code NotFound} as said
 * below, {@code Unavailable} when the back end is gone or its queue is full. Futures complete on the caller's context.
 */
public interface Store {
    Tenants tenants();

    Clients clients();

    Users users();

    Codes codes();

    Devices devices();

    Grants grants();

    Revocations revocations();

    Keys keys();

    JwtApps jwtApps();

    Sessions sessions();

    SecondFactors secondFactors();

    Logouts logouts();

    OneTimeValues oneTimeValues();

    PushedRequests pushedRequests();

    Registrations registrations();

    Verifiers verifiers();

    Limits limits();

    /** Whether it works, with counts for operators. Never fails. */
    Future<PartHealth> check();

    /** Finishes what is in flight. */
    Future<Void> close();

    /** {@link Tenant#MAIN} is always there. */
    interface Tenants {
        Future<@Nullable Tenant> find(String tenant);

        Future<@Nullable Tenant> byApikey(String apikey);

        /** Says whether anything changed; {@code Conflict} where another tenant has the apikey. */
        Future<Boolean> declare(Tenant tenant);
    }

    /** Built-in clients are there in every tenant, without a row. */
    interface Clients {
        Future<@Nullable Client> find(String tenant, String clientId);

        /**
         * Creates or updates by {@link Declarations#client}; says whether anything changed. {@code NotFound} without its
         * tenant, {@code Conflict} where a user of the tenant has that subject, or a JWT app of it that audience.
         */
        Future<Boolean> declare(Client client);

        /** Refuses the client from now on and denies what it has: one epoch more. {@code NotFound} without it. */
        Future<List<SequencedDenial>> disable(String tenant, String clientId, Instant now);
    }

    /** Names of users are unique per tenant and kind, as {@link LoginKey} spells them. */
    interface Users {
        /** What a login needs, at one moment. */
        Future<LoginRows> login(String tenant, LoginName name, String clientId);

        Future<@Nullable User> find(String tenant, String subject);

        Future<@Nullable User> named(String tenant, LoginName name);

        /**
         * Creates or updates by {@link Declarations#user}; says whether anything changed. {@code NotFound} without its
         * tenant, {@code Conflict} where another user has one of the names or a client has that id.
         *
         * @param passwordHash taken only where the user is new
         */
        Future<Boolean> declare(UserProfile profile, @Nullable Secret passwordHash);

        /** One epoch more, and a denial of the earlier ones; nothing where there is no such user. */
        Future<List<SequencedDenial>> logOut(String tenant, String subject, Instant now);

        /** {@code NotFound} without the user. Any state but active also denies what the user has. */
        Future<List<SequencedDenial>> setState(String tenant, String subject, UserState state, Instant now);
    }

    /** Authorization codes, of which only digests are known. */
    interface Codes {
        /**
         * Spends the client's JWT, finds whom it names ({@link LoginRules}) and writes the code; null where that was done.
         */
        Future<@Nullable PutRefusal> put(CodeOrder order, Instant now);

        /**
         * Decides by {@link SessionRules} on session, user, client and consent of one moment, and writes what that says. A back end that
         * keeps codes elsewhere writes session and consent first. {@code Conflict} where the code is there already, also a spent one.
         */
        Future<SessionPutting> put(SessionCodeOrder order, Instant now);

        /** Decides by {@link CodeRules} on code, user and client of one moment, and writes what that says. */
        Future<CodeResult> take(Take request, Instant now);
    }

    /** Requests of devices that wait for a user, of which only digests of codes are known. */
    interface Devices {
        /** {@code Conflict} where another live one of the tenant has the user code. */
        Future<Void> begin(DeviceRequest request, Instant now);

        /** What waits for a decision under that user code; null: nothing. */
        Future<@Nullable Waiting> find(String tenant, Digest userCode, Instant now);

        /** Whether the decision counts ({@link DeviceRules#decide}); it needs a session that does ({@link SessionRules#stands}). */
        Future<Boolean> decide(Decide request, Instant now);

        /** Decides by {@link DeviceRules#poll}, and writes what that says. */
        Future<Polled> poll(Poll request, Instant now);
    }

    /** Grants, of which only digests of secrets are known. */
    interface Grants {
        /**
         * The first write of a grant (which stays dead where its code was replayed meanwhile), and the user's time of login, where the user is active and the client enabled, both
         * in the generation the grant names.
         */
        Future<Opening> open(Grant grant, Instant now);

        /** Decides by {@link RotationRules} on grant, user and client of one moment, and writes what that says. */
        Future<RotationResult> rotate(Rotate request, Instant now);

        /** Says whether the rotation was undone. */
        Future<Boolean> unrotate(Unrotate request);

        Future<Revoked> revoke(Revoke request, Instant now);

        /** Null unless the grant is the client's, the secret current, and grant, user and client would let it refresh. */
        Future<@Nullable Grant> find(Find request, Instant now);
    }

    /** The log of denials, numbered in the order of commits. */
    interface Revocations {
        /** Of the moment; another one than before means that numbers read before are void. */
        String incarnation();

        /**
         * Appends, unless an unexpired line already says as much, and gives the line that says it; where the client had too
         * many lines, one that denies the client's whole generation; nothing for what has expired.
         */
        Future<List<SequencedDenial>> deny(Denial denial, Instant now);

        Future<Page> read(Read request, Instant now);

        /** Lets other processes on the back end know, soon, that a line of that number was appended; does nothing where there is no other. */
        default void tellOthers(long head) {}

        /**
         * Hears of lines that somebody {@link #tellOthers told} of, and where the log stands: twice, late or never where
         * something is in the way.
         *
         * @param listener is given the number of the last line, on any thread
         */
        default void onAppended(LongConsumer listener) {}
    }

    /** Sealed signing keys. */
    interface Keys {
        Future<@Nullable SealedKeySet> load(String tenant);

        /** Gives the new version; {@code Conflict} where the stored version is not the expected one. */
        Future<Long> save(Save request);
    }

    /** Their audiences and the ids of clients never meet: an app's JWT must not pass as a client's id token. */
    interface JwtApps {
        Future<@Nullable JwtApp> find(String tenant, String name);

        /**
         * Creates or updates by {@link Declarations#jwtApp}; says whether anything changed. {@code NotFound} without its
         * tenant, {@code Conflict} where one of its audiences is the id of a client of the tenant.
         */
        Future<Boolean> declare(JwtApp app);
    }

    /** Browser sessions and consents; a call that shows no session that counts ({@link SessionRules#stands}) changes nothing. */
    interface Sessions {
        /**
         * Writes the session of a user who has just logged in, and the time of it. Where {@code current} is the same user's and counts, that one is renewed instead
         * ({@link Session#renewed}); where it is another user's, it ends as {@link #end} ends it.
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
         * Removes the session, or another one of the same user, denies what it gave (kind SESSION), and lets a logout wait for each client
         * that listens. Null where there is none to end.
         *
         * @param other null: the session itself
         */
        Future<@Nullable List<SequencedDenial>> end(
                String tenant, SessionProof session, @Nullable SessionId other, Instant now);

        /** Withdraws the consent ({@link Consent#withdrawn}) and denies what it gave (kind CONSENT). Null where none holds. */
        Future<@Nullable List<SequencedDenial>> withdraw(
                String tenant, SessionProof session, String clientId, Instant now);

        /**
         * Replaces the password where it is still the one that was checked: the user's next epoch begins and is denied, every other session is
         * removed as {@link #end} does (without denials of their own), and the shown one goes on in the new epoch. Null where session or password are not as
         * shown.
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
         * Writes the second factor of the session's user where there is none, or takes it away where there is one. The user's next epoch begins
         * and is denied, every other session is removed as by {@link Sessions#changePassword}, and the shown one goes on in the new
         * epoch with {@code amr} as it is then. Null where the session does not count, or nothing was to be changed.
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

        /** Removes it where it is done, was tried too often, or would be due again only after its end; else it waits for its next try. */
        Future<Void> report(Report request, Instant now);
    }

    /** Values that count once. */
    interface OneTimeValues {
        /**
         * Whether nobody of the kind, tenant and owner spent the value before, as far as is known: remembered until {@code until}, which
         * follows from the value itself, so that it says the same each time it is presented.
         */
        Future<Boolean> spend(Spend request, Instant now);
    }

    /** Pushed authorization requests, of whose names only digests are known: a client never sees another's, nor a tenant. */
    interface PushedRequests {
        /** {@code Conflict} where there is one of that name. */
        Future<Void> push(PushedRequest request, Instant now);

        /** Its form; null where there is none that {@link PushedRequest#isFoundBy that client finds}. */
        Future<@Nullable String> find(io.gatehouse.common.message.PushedRequests.Find request, Instant now);

        /** Whether this took it away: of many at once, one does. */
        Future<Boolean> take(io.gatehouse.common.message.PushedRequests.Take request, Instant now);
    }

    /** Clients that nobody declared, as far as they differ from those: they are rows of {@link Clients} like any. */
    interface Registrations {
        /**
         * Writes a new client, in its first version; false where the tenant has {@code most} of them. {@code NotFound} and {@code
         * Conflict} as of {@link Clients#declare}; {@code Conflict} also where there is a client of that id.
         *
         * @param unusedLife for how long it is kept though nobody uses it
         */
        Future<Boolean> add(Client client, Duration unusedLife, long most, Instant now);

        /** Whether it took the place of the version before its own; its state and epoch stay. */
        Future<Boolean> replace(Client client);

        /** Ends it and denies what it has; null where there is none of that version that came by itself. */
        Future<@Nullable List<SequencedDenial>> remove(String tenant, String clientId, long version, Instant now);

        /** That it is used, which is written now and then ({@link Registration#isNoticeable}). */
        Future<Void> notice(String tenant, String clientId, Instant now);
    }

    /** Leases of the processes that verify tokens; where a restart ends those too, it may forget them. */
    interface Verifiers {
        /** Whether there was a live lease to renew: who had none may know key sets that nobody asked it to forget. */
        Future<Boolean> report(io.gatehouse.common.message.Verifiers.Report request, Instant now);

        Future<Standing> standing(Live request, Instant now);
    }

    /** Counters of attempts; they need not survive a restart. */
    interface Limits {
        /**
         * Takes one attempt from every limit, or from none.
         *
         * @return zero where it was taken, else how long until it could be
         */
        Future<Duration> reserve(List<Limit> limits, Instant now);

        /** Takes one attempt, or none, and tells how things stand then: of what is asked often, and by no login. */
        Future<Gcra.Decision> take(Limit limit, Instant now);

        /** Gives an attempt back. */
        Future<Void> refund(List<Limit> limits, Instant now);
    }
}
