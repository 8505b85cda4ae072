package io.gatehouse.gateway.oauth;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Hkdf;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.PageKeys.KeySet;
import io.gatehouse.common.message.PageKeys.PageKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Page keys as the token role would make them: one for each day, derived. */
public final class PageKeySets {
    private PageKeySets() {}

    /** That day's key and the one before it. */
    public static KeySet of(int day, Instant sealsUntil) {
        return new KeySet(List.of(key(day, sealsUntil), key(day - 1, sealsUntil.minus(Duration.ofDays(1)))));
    }

    private static PageKey key(int day, Instant sealsUntil) {
        Bytes key = Hkdf.derive(Bytes.utf8("a master key of a test"), "day " + day);
        return new PageKey(day, new Secret(key), sealsUntil);
    }
}
