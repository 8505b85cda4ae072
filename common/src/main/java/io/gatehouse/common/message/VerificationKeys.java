package io.gatehouse.common.message;

import io.gatehouse.common.model.VerificationKey;
import java.util.List;

/** The public keys of a tenant, as the token role vouches for them. */
public sealed interface VerificationKeys<R> extends TokenRequest<R> {
    String ADDRESS = "gatehouse.v1.token.keys";

    @Override
    default String address() {
        return ADDRESS;
    }

    record Get(String tenant) implements VerificationKeys<KeySet> {
        @Override
        public boolean isRead() {
            return true;
        }
    }

    /**
     * @param version counts changes of the set
     * @param freshSeconds for how long others may keep it, so that they know a new key before it signs; 0: nothing is said
     */
    record KeySet(String tenant, long version, List<VerificationKey> keys, int freshSeconds) {
        public KeySet {
            keys = List.copyOf(keys);
        }

        /** One that says nothing about others. */
        public KeySet(String tenant, long version, List<VerificationKey> keys) {
            this(tenant, version, keys, 0);
        }
    }
}
