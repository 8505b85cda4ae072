package io.gatehouse.store.embedded;

import io.gatehouse.common.codec.MalformedRecord;
import io.gatehouse.common.crypto.Base64Url;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.store.copy.SpentValue;
import java.time.Instant;
import java.util.List;

/** Rows of one-time values that were presented. */
final class SpentTable {
    private static final int PARTS = 4;

    private SpentTable() {}

    /** Says whether it was not spent before. */
    static boolean spend(Tables tables, SpentValue value, Instant now) {
        Long until = tables.spent.get(key(value));
        if (until != null && now.toEpochMilli() < until) {
            return false;
        }
        put(tables, value);
        return true;
    }

    static void put(Tables tables, SpentValue value) {
        tables.spent.put(key(value), value.until().toEpochMilli());
    }

    private static byte[] key(SpentValue value) {
        return RowKey.of(
                value.kind(),
                value.tenant(),
                value.clientId(),
                value.value().value().base64Url());
    }

    static SpentValue row(byte[] key, long until) {
        List<String> parts = RowKey.parts(key);
        Bytes digest = parts.size() == PARTS ? Base64Url.decode(parts.getLast()) : null;
        if (digest == null) {
            throw new MalformedRecord("a spent value has no digest");
        }
        return new SpentValue(
                parts.get(0), parts.get(1), parts.get(2), new Digest(digest), Instant.ofEpochMilli(until));
    }
}
