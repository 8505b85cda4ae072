package io.gatehouse.common.message;

import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.SequencedDenial;
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
        /** @param ticket a {@link io.gatehouse.common.model.Ticket} */
        record Taken(Attestation ticket) implements Taking {}

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
