package io.gatehouse.common.message;

import io.gatehouse.common.model.SealedKeySet;
import org.jspecify.annotations.Nullable;

/** Sealed signing keys; only the token role asks. */
public sealed interface Keys<R> extends StoreRequest<R> {
    String ADDRESS = "gatehouse.v1.store.keys";

    @Override
    default String address() {
        return ADDRESS;
    }

    record Load(String tenant) implements Keys<Loaded> {
        @Override
        public boolean isRead() {
            return true;
        }
    }

    /** @param keySet null: the tenant has no keys yet */
    record Loaded(@Nullable SealedKeySet keySet) {}

    /**
     * Writes the set where the stored version is the expected one, else fails with {@code Conflict}.
     *
     * @param expectedVersion 0: there is none yet
     */
    record Save(SealedKeySet keySet, long expectedVersion) implements Keys<Saved> {}

    record Saved(long version) {}
}
