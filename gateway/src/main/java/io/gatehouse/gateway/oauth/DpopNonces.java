package io.gatehouse.gateway.oauth;

import io.gatehouse.common.crypto.Base64Url;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Hkdf;
import io.gatehouse.common.crypto.Hmac;
import io.gatehouse.common.message.PageKeys.KeySet;
import io.gatehouse.common.message.PageKeys.PageKey;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Nonces for DPoP proofs (RFC 9449, sections 8 and 9): a time under a MAC that every node can check, so that nothing is stored.
 * For one event loop.
 */
public final class DpopNonces {
    static final Duration LIFE = Duration.ofMinutes(5);

    /** Another node's clock may be that far ahead. */
    private static final Duration SKEW = Duration.ofSeconds(5);

    private static final String LABEL = "gatehouse dpop nonce v1";
    private static final int STAMP = Integer.BYTES + Long.BYTES;
    private static final int MAC = 16;
    private static final int TEXT_LENGTH = 38;

    /** What the keys of the day are good for here. */
    private record Known(KeySet keys, Map<Integer, Hmac> macs) {
        int current() {
            return keys.keys().get(0).id();
        }
    }

    private final DailyKeys days;
    private final Clock clock;
    private @Nullable Known known;

    DpopNonces(DailyKeys days, Clock clock) {
        this.days = days;
        this.clock = clock;
    }

    /** One of now, for clients of that tenant. */
    public Future<String> fresh(String tenant) {
        return known().map(keys -> {
            Bytes stamp = Bytes.owned(ByteBuffer.allocate(STAMP)
                    .putInt(keys.current())
                    .putLong(clock.instant().getEpochSecond())
                    .array());
            return stamp.plus(mac(keys, keys.current(), tenant, stamp)).base64Url();
        });
    }

    /** Whether it is ours, for that tenant, and not too old. */
    Future<Boolean> isCurrent(String tenant, String nonce) {
        Bytes box = nonce.length() == TEXT_LENGTH ? Base64Url.decode(nonce) : null;
        if (box == null) {
            return Future.succeededFuture(false);
        }
        Bytes stamp = box.slice(0, STAMP);
        ByteBuffer read = ByteBuffer.wrap(stamp.toArray());
        int key = read.getInt();
        long seconds = read.getLong();
        return known().map(keys -> keys.macs().containsKey(key)
                && mac(keys, key, tenant, stamp).equals(box.slice(STAMP, box.length()))
                && isOfNow(Instant.ofEpochSecond(seconds)));
    }

    private boolean isOfNow(Instant made) {
        Instant now = clock.instant();
        return !made.isAfter(now.plus(SKEW)) && now.isBefore(made.plus(LIFE));
    }

    /** To be asked for keys that are known. */
    private static Bytes mac(Known keys, int key, String tenant, Bytes stamp) {
        Hmac hmac = keys.macs().get(key);
        if (hmac == null) {
            throw new IllegalStateException("there is no page key " + key);
        }
        return hmac.of(stamp, Bytes.utf8(tenant)).slice(0, MAC);
    }

    private Future<Known> known() {
        return days.find().map(this::derived);
    }

    private Known derived(KeySet keys) {
        Known current = known;
        if (current != null && current.keys().equals(keys)) {
            return current;
        }
        Known fresh = read(keys);
        known = fresh;
        return fresh;
    }

    private static Known read(KeySet set) {
        Map<Integer, Hmac> macs = set.keys().stream()
                .collect(Collectors.toMap(
                        PageKey::id, key -> new Hmac(Hkdf.derive(key.key().value(), LABEL))));
        return new Known(set, macs);
    }
}
