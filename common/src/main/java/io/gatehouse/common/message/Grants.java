package io.gatehouse.common.message;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.GrantId;
import io.gatehouse.common.model.SequencedDenial;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Grants and their refresh tokens, of which only digests are known here. */
public sealed interface Grants<R> extends StoreRequest<R> {
    String ADDRESS = "gatehouse.v1.store.grants";

    @Override
    default String address() {
        return ADDRESS;
    }

    /**
     * The first write of a grant.
     *
     * @param ticket says for whom, for which client and under which grant id
     * @param confirmation the key that its refresh tokens are bound to: that of the ticket, where it names one; null: none,
     *     since its client authenticates
     */
    record Open(
            Attestation ticket,
            Digest familySecret,
            Digest secret,
            @Nullable String confirmation) implements Grants<Opened> {
        /** Whose refresh tokens are bound to no key. */
        public Open(Attestation ticket, Digest familySecret, Digest secret) {
            this(ticket, familySecret, secret, null);
        }
    }

    record Opened(Instant expiresAt) {}

    /**
     * Exchanges the presented secret for a new one, in one conditional write.
     *
     * @param clientId that authenticated
     * @param successor digest of the secret that takes over
     * @param sealedSuccessor the new refresh token, sealed so that only who holds the presented one can open it
     * @param confirmation key binding shown with the request; null: none
     */
    record Rotate(
            String tenant,
            String clientId,
            GrantId grant,
            Digest familySecret,
            Digest presented,
            Digest successor,
            Bytes sealedSuccessor,
            @Nullable String confirmation)
            implements Grants<Rotation> {}

    /** The profile is a {@link ProfileStatement} about the ticket's subject; null where the grant gives no ID tokens. */
    sealed interface Rotation {
        /** The successor took over. */
        record Rotated(
                Attestation ticket,
                long generation,
                @Nullable Attestation profile) implements Rotation {
            /** From an older store. */
            public Rotated(Attestation ticket, long generation) {
                this(ticket, generation, null);
            }
        }

        /** The presented secret had been exchanged a moment ago: this is what it was exchanged for. */
        record Replayed(
                Attestation ticket,
                Bytes sealedSuccessor,
                @Nullable Attestation profile) implements Rotation {
            /** From an older store. */
            public Replayed(Attestation ticket, Bytes sealedSuccessor) {
                this(ticket, sealedSuccessor, null);
            }
        }

        /** The client's refresh tokens do not rotate: the presented one stays. */
        record Kept(Attestation ticket, @Nullable Attestation profile) implements Rotation {
            /** From an older store. */
            public Kept(Attestation ticket) {
                this(ticket, null);
            }
        }

        /** @param denials what died with it, where a stale secret betrayed a copy */
        record Refused(Refusal reason, List<SequencedDenial> denials) implements Rotation {
            public Refused {
                denials = List.copyOf(denials);
            }
        }
    }

    enum Refusal {
        UNKNOWN,
        EXPIRED,
        REVOKED,
        REUSED,
        SUBJECT_REFUSED,
        CLIENT_REFUSED
    }

    /**
     * Undoes a rotation whose tokens could not be signed; does nothing once the successor was replayed or used.
     *
     * @param generation that the rotation led to
     */
    record Unrotate(String tenant, GrantId grant, long generation) implements Grants<Unrotated> {}

    record Unrotated(boolean done) {}

    /** Ends a grant and all tokens from it, by one of its refresh tokens. */
    record Revoke(String tenant, String clientId, GrantId grant, Digest familySecret) implements Grants<Revoked> {}

    record Revoked(Outcome outcome, List<SequencedDenial> denials) {
        public Revoked {
            denials = List.copyOf(denials);
        }
    }

    enum Outcome {
        REVOKED,
        UNKNOWN,
        FOREIGN
    }

    /** What stands behind a refresh token that is valid now. */
    record Find(String tenant, String clientId, GrantId grant, Digest familySecret, Digest secret)
            implements Grants<Found> {
        @Override
        public boolean isRead() {
            return true;
        }
    }

    /** @param grant null: there is none, or it is another client's, or the secret is not the current one */
    record Found(@Nullable Grant grant) {}
}
