package io.gatehouse.common.message;

import io.gatehouse.common.crypto.Digest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Values that count once: assertions and proofs by their {@code jti}. */
public sealed interface OneTimeValues<R> extends StoreRequest<R> {
    String ADDRESS = "gatehouse.v1.store.onetimevalues";

    @Override
    default String address() {
        return ADDRESS;
    }

    /** What a value is: one of one kind never passes for one of another. */
    enum Kind {
        /** RFC 7523, section 3: the {@code jti} of a client's assertion. */
        CLIENT_ASSERTION,
        /** RFC 9449, section 11.1: the {@code jti} of a DPoP proof. */
        DPOP_PROOF,
        /** RFC 7523, section 2.1: an assertion that logs a user in. */
        AUTHORIZATION_GRANT,
        /** The code by which a browser session is handed over to the host of a service. */
        HANDOVER,
        /** A login by password that waits for its second factor. */
        PASSWORD_LOGIN
    }

    /**
     * Spends a value, in one atomic write.
     *
     * @param owner whose values are told apart: a client id, the thumbprint of a key, or a host
     * @param since nobody can have presented it before, on the clock of any node; a store that lost its memory of that time
     *     must say that it was spent
     * @param until remembered until then; at most for an hour, and two minutes for clocks that differ
     * @param remoteAddress of a stranger, the throttle's key; null: who shows it is known. It fails with {@code Throttled}
     *     where the address spends too much
     */
    record Spend(
            String tenant,
            Kind kind,
            String owner,
            Digest value,
            Instant since,
            Instant until,
            @Nullable String remoteAddress)
            implements OneTimeValues<Spent> {
        /** By who is known. */
        public Spend(String tenant, Kind kind, String owner, Digest value, Instant since, Instant until) {
            this(tenant, kind, owner, value, since, until, null);
        }
    }

    /** @param first false: it was spent before, or may have been */
    record Spent(boolean first) {}
}
