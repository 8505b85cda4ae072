package io.gatehouse.common.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 under one key. Safe to share between threads: each has its own {@link Mac}. */
public final class Hmac {
    private static final String ALGORITHM = "HmacSHA256";

    private final ThreadLocal<Mac> mac;

    public Hmac(Bytes key) {
        SecretKeySpec spec = new SecretKeySpec(key.shared(), ALGORITHM);
        this.mac = ThreadLocal.withInitial(() -> keyed(spec));
    }

    /** 32 bytes. */
    public Bytes of(Bytes... parts) {
        return of(mac.get(), parts);
    }

    /** 32 bytes, under a key that is used once: nothing is kept for it. */
    static Bytes once(Bytes key, Bytes... parts) {
        return of(keyed(new SecretKeySpec(key.shared(), ALGORITHM)), parts);
    }

    private static Bytes of(Mac mac, Bytes... parts) {
        // an earlier call that ended in an exception must not leave its parts in front of these
        mac.reset();
        for (Bytes part : parts) {
            mac.update(part.shared());
        }
        return Bytes.owned(mac.doFinal());
    }

    private static Mac keyed(SecretKeySpec key) {
        try {
            Mac made = Mac.getInstance(ALGORITHM);
            made.init(key);
            return made;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
