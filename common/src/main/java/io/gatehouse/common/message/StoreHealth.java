package io.gatehouse.common.message;

/** Whether the store role can answer. */
public sealed interface StoreHealth<R> extends StoreRequest<R> {
    String ADDRESS = "gatehouse.v1.store.health";

    @Override
    default String address() {
        return ADDRESS;
    }

    record Check() implements StoreHealth<PartHealth> {
        @Override
        public boolean isRead() {
            return true;
        }
    }
}
