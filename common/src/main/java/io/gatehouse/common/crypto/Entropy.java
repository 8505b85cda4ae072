package io.gatehouse.common.crypto;

import java.security.SecureRandom;

/** Random bytes for secrets and identifiers. One generator per thread, since a shared one locks. */
public final class Entropy {
    private static final ThreadLocal<SecureRandom> RANDOM = ThreadLocal.withInitial(SecureRandom::new);

    private Entropy() {}

    public static Bytes bytes(int count) {
        byte[] value = new byte[count];
        RANDOM.get().nextBytes(value);
        return Bytes.owned(value);
    }
}
