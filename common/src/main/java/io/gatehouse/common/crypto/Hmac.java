package io.gatehouse.common.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 under one key. Safe to share between threads: each has its own {@link Mac}. */
public final class Hmac {
    private static final String ALGORITHM = "HmacSHA256";
    /** For keys that are used once: finding a {@link Mac} costs as much as its work. */
    private static final ThreadLocal<Mac> ONCE = ThreadLocal.withInitial(Hmac::unkeyed);

    private final ThreadLocal<Mac> mac;

    public Hmac(Bytes key) {
        SecretKeySpec spec = new SecretKeySpec(key.shared(), ALGORITHM);
        this.mac = ThreadLocal.withInitial(() -> keyed(unkeyed(), spec));
    }

    /** 32 bytes. */
    public Bytes of(Bytes... parts) {
        return of(mac.get(), parts);
    }

    /** 32 bytes, under a key that is used once. */
    static Bytes once(Bytes key, Bytes... parts) {
        return of(keyed(ONCE.get(), new SecretKeySpec(key.shared(), ALGORITHM)), parts);
    }

    private static Bytes of(Mac mac, Bytes... parts) {
        // an earlier call that ended in an exception must not leave its parts in front of these
        mac.reset();
        for (Bytes part : parts) {
            mac.update(part.shared());
        }
        return Bytes.owned(mac.doFinal());
    }

    private static Mac keyed(Mac mac, SecretKeySpec key) {
        try {
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 takes any key", e);
        }
    }

    private static Mac unkeyed() {
        try {
            return Mac.getInstance(ALGORITHM);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
