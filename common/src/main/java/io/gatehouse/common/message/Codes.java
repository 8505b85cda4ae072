package io.gatehouse.common.message;

import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.RequestedAccess;
import io.gatehouse.common.model.RequestedClaims;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.common.model.UserProfile;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Authorization codes: written once, taken once. */
public sealed interface Codes<R> extends StoreRequest<R> {
    String ADDRESS = "gatehouse.v1.store.codes";

    @Override
    default String address() {
        return ADDRESS;
    }

    /**
     * A code for the user that a client's JWT names; the JWT is spent by it.
     *
     * @param statement a {@link ClientJwtStatement}
     */
    record PutByClientJwt(Attestation statement, CodeId code, Instant expiresAt) implements Codes<Putting> {}

    sealed interface Putting {
        record Stored(Instant expiresAt) implements Putting {}

        record Refused(PutRefusal reason) implements Putting {}
    }

    /**
     * A code for the user of a browser session: session, user, client and consent are looked at and the code is written in
     * one moment. Whether the redirect URI is the client's is the asker's question.
     *
     * @param session what the browser showed
     * @param scope that the code is to give, within the client's
     * @param consent whether the user was asked just now
     * @param notBefore the login must not be older; null: any login counts
     * @param subject whose session it must be; null: anybody's
     * @param listens whether the client wants to hear when the session ends
     * @param redirectUri that the token request must repeat; null: the request named none
     * @param codeChallenge S256 (RFC 7636), base64url; null: none
     * @param nonce for the ID token; null: none
     * @param claims that were asked for one by one; null: none
     * @param confirmation the key that the code is bound to ({@code dpop_jkt}, RFC 9449, section 10); null: none
     * @param access that is asked for beside the scope; null: none
     * @param consentEpoch as the question said ({@link SessionPutting.ConsentRequired}): where the consent was withdrawn
     *     since, the user is asked again; 0: there was no question, or an older build asked it
     */
    record PutBySession(
            String tenant,
            SessionProof session,
            String clientId,
            TokenFamily family,
            Scope scope,
            Consenting consent,
            @Nullable Instant notBefore,
            @Nullable String subject,
            boolean listens,
            @Nullable String redirectUri,
            @Nullable String codeChallenge,
            @Nullable String nonce,
            @Nullable RequestedClaims claims,
            CodeId code,
            Instant expiresAt,
            @Nullable String confirmation,
            @Nullable RequestedAccess access,
            long consentEpoch)
            implements Codes<SessionPutting> {
        /** Bound to no key, for scopes alone, without a question. */
        public PutBySession(
                String tenant,
                SessionProof session,
                String clientId,
                TokenFamily family,
                Scope scope,
                Consenting consent,
                @Nullable Instant notBefore,
                @Nullable String subject,
                boolean listens,
                @Nullable String redirectUri,
                @Nullable String codeChallenge,
                @Nullable String nonce,
                @Nullable RequestedClaims claims,
                CodeId code,
                Instant expiresAt) {
            this(
                    tenant,
                    session,
                    clientId,
                    family,
                    scope,
                    consent,
                    notBefore,
                    subject,
                    listens,
                    redirectUri,
                    codeChallenge,
                    nonce,
                    claims,
                    code,
                    expiresAt,
                    null,
                    null,
                    0);
        }
    }

    /** What the consent of the user rests on. */
    enum Consenting {
        /** What the user allowed the client before must cover the scope. */
        REMEMBERED,
        /** The user allowed it just now: it is added to what is remembered. */
        GIVEN,
        /** The user allowed it just now, and must be asked again the next time. */
        GIVEN_ONCE,
        /** Nothing covers it: the answer says who is there, and no code is written. */
        TO_BE_ASKED
    }

    sealed interface SessionPutting {
        record Stored(String sid, Instant expiresAt) implements SessionPutting {}

        /** No session that counts, or too old a login, or another user's. */
        record LoginRequired() implements SessionPutting {}

        /**
         * @param user who is there
         * @param remembered what the user allowed the client before
         * @param consentEpoch generation of the consent that the answer counts in; 0: an older store does not say
         */
        record ConsentRequired(String sid, UserProfile user, Scope remembered, long consentEpoch)
                implements SessionPutting {}

        /** The client is gone, disabled, or may not have the scope. */
        record ClientRefused() implements SessionPutting {}
    }

    enum PutRefusal {
        REPLAYED,
        SUBJECT_REFUSED,
        CLIENT_REFUSED
    }

    /**
     * Presents a code: whatever comes of it, the code is spent.
     *
     * @param clientId that authenticated
     * @param redirectUri as the request repeats it; null: absent
     * @param codeChallenge S256 of the request's code_verifier; null: it has none
     */
    record Take(
            String tenant,
            String clientId,
            CodeId code,
            @Nullable String redirectUri,
            @Nullable String codeChallenge) implements Codes<Taking> {}

    sealed interface Taking {
        /**
         * @param ticket a {@link io.gatehouse.common.model.Ticket}
         * @param profile a {@link ProfileStatement} about its subject; null where the code gives no ID token
         */
        record Taken(Attestation ticket, @Nullable Attestation profile) implements Taking {
            /** From an older store. */
            public Taken(Attestation ticket) {
                this(ticket, null);
            }
        }

        /** @param denials what died with it, where the code was presented before */
        record Refused(TakeRefusal reason, List<SequencedDenial> denials) implements Taking {
            public Refused {
                denials = List.copyOf(denials);
            }
        }
    }

    enum TakeRefusal {
        UNKNOWN,
        EXPIRED,
        FOREIGN,
        REDIRECT_URI,
        CODE_VERIFIER,
        REPLAYED,
        SUBJECT_REFUSED,
        CLIENT_REFUSED
    }
}
