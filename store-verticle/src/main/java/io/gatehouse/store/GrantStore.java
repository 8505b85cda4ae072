package io.gatehouse.store;

import io.gatehouse.common.crypto.Digest;
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
import io.gatehouse.common.model.Grant;
import io.vertx.core.Future;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The part of a {@link Store} that keeps what is asked for and given: requests that wait, codes, grants. */
public interface GrantStore {
    PushedRequests pushedRequests();

    Codes codes();

    Devices devices();

    Grants grants();

    /** Pushed authorization requests, of whose names only digests are known: a client never sees another's, nor a tenant. */
    interface PushedRequests {
        /** {@code Conflict} where there is one of that name. */
        Future<Void> push(PushedRequest request, Instant now);

        /** Its form; null where there is none that {@link PushedRequest#isFoundBy that client finds}. */
        Future<@Nullable String> find(io.gatehouse.common.message.PushedRequests.Find request, Instant now);

        /** Whether this took it away: of many at once, one does. */
        Future<Boolean> take(io.gatehouse.common.message.PushedRequests.Take request, Instant now);
    }

    /** Authorization codes, of which only digests are known. */
    interface Codes {
        /**
         * Spends the client's JWT, finds whom it names ({@link LoginRules}) and writes the code; null where that was done.
         */
        Future<@Nullable PutRefusal> put(CodeOrder order, Instant now);

        /**
         * Decides by {@link SessionRules} on session, user, client and consent of one moment, and writes what that says. A back
         * end that keeps codes elsewhere writes session and consent first. {@code Conflict} where the code is there already,
         * also a spent one.
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

        /**
         * Whether the decision counts ({@link DeviceRules#decide}); it needs a session that does ({@link SessionRules#stands}).
         */
        Future<Boolean> decide(Decide request, Instant now);

        /** Decides by {@link DeviceRules#poll}, and writes what that says. */
        Future<Polled> poll(Poll request, Instant now);
    }

    /** Grants, of which only digests of secrets are known. */
    interface Grants {
        /**
         * The first write of a grant (which stays dead where its code was replayed meanwhile), and the user's time of login,
         * where the user is active and the client enabled, both in the generation the grant names.
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
}
