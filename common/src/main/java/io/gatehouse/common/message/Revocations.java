package io.gatehouse.common.message;

import io.gatehouse.common.model.SequencedDenial;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The revocation log: appended to by revocations, read by verifiers when they start or missed something. */
public sealed interface Revocations<R> extends StoreRequest<R> {
    String ADDRESS = "gatehouse.v1.store.revocations";

    @Override
    default String address() {
        return ADDRESS;
    }

    /**
     * Denies one access token.
     *
     * @param expiresAt of the token, as its verified claims say
     * @param gid likewise; null: it came from no grant
     */
    record DenyToken(
            String tenant,
            String clientId,
            String jti,
            Instant expiresAt,
            @Nullable String gid) implements Revocations<Denied> {
        /** Of a token that came from no grant. */
        public DenyToken(String tenant, String clientId, String jti, Instant expiresAt) {
            this(tenant, clientId, jti, expiresAt, null);
        }
    }

    /** Denies whatever a signing key of the tenant signed so far. */
    record DenyKey(String tenant, String kid) implements Revocations<Denied> {}

    record Denied(List<SequencedDenial> denials) {
        public Denied {
            denials = List.copyOf(denials);
        }
    }

    /**
     * The unexpired lines behind a number, in order.
     *
     * @param after 0 for all
     */
    record Read(long after, int limit) implements Revocations<Page> {
        @Override
        public boolean isRead() {
            return true;
        }
    }

    /**
     * @param incarnation changes when the log was restored from a copy: what was read before is void
     * @param head the number of the last line there is
     * @param upTo every unexpired line up to this number was read; less than {@code head}: there is more
     */
    record Page(String incarnation, long head, long upTo, List<SequencedDenial> denials) {
        public Page {
            denials = List.copyOf(denials);
        }
    }
}
