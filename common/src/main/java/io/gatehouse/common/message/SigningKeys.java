package io.gatehouse.common.message;

import io.gatehouse.common.model.SealedKey;
import io.gatehouse.common.model.SigningAlgorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an operator asks of a tenant's signing keys. Every answer tells how they stand then. */
public sealed interface SigningKeys<R> extends TokenRequest<R> {
    String ADDRESS = "gatehouse.v1.token.signingkeys";

    @Override
    default String address() {
        return ADDRESS;
    }

    /** Making an RSA key takes a while, and another node may be changing the set too. */
    @Override
    default Duration timeout() {
        return Duration.ofSeconds(15);
    }

    record Show(String tenant) implements SigningKeys<Listing> {
        @Override
        public boolean isRead() {
            return true;
        }
    }

    /**
     * Begins a rotation, or finds the one that is under way.
     *
     * @param algorithm null: of every key that signs
     * @param emergency the new key signs at once, and what the former ones signed is denied
     */
    record Rotate(String tenant, @Nullable SigningAlgorithm algorithm, boolean emergency)
            implements SigningKeys<Listing> {}

    /** Takes away a key that does not sign, and denies what it signed. {@code Conflict} where it signs. */
    record Retire(String tenant, String kid) implements SigningKeys<Listing> {}

    /** @param version of the set */
    record Listing(String tenant, long version, List<Entry> keys) {
        public Listing {
            keys = List.copyOf(keys);
        }
    }

    /**
     * @param since when the key came into its state
     * @param until when it changes by itself, at the earliest: signs, is followed by another, or is taken away
     */
    record Entry(
            String kid,
            SigningAlgorithm algorithm,
            SealedKey.State state,
            Instant createdAt,
            Instant since,
            Instant until) {}
}
