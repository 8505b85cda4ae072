package io.gatehouse.common.message;

import io.gatehouse.common.crypto.Secret;
import java.time.Instant;
import java.util.List;

/**
 * The keys under which gateways seal the state of a page, so that nothing is stored for who has not logged in, and open what
 * the token role tells them in access tokens ({@link UserSeal}).
 */
public sealed interface PageKeys<R> extends TokenRequest<R> {
    String ADDRESS = "gatehouse.v1.token.pagekeys";

    @Override
    default String address() {
        return ADDRESS;
    }

    /** The same answer from every token node. */
    record Get() implements PageKeys<KeySet> {
        @Override
        public boolean isRead() {
            return true;
        }
    }

    /** @param keys the first one seals, all open; two at most */
    record KeySet(List<PageKey> keys) {
        public KeySet {
            keys = List.copyOf(keys);
        }
    }

    /**
     * @param id of the day it is for
     * @param key 32 bytes
     * @param sealsUntil from when on a newer one is to be asked for
     */
    record PageKey(int id, Secret key, Instant sealsUntil) {}
}
