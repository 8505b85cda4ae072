package io.gatehouse.store.embedded;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.store.PendingLogout;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of logouts, the order in which they are due, and how many wait for a client. */
final class LogoutTable {
    private static final byte[] START = {};

    private LogoutTable() {}

    /** Forgets it where the client has too many. */
    static void add(Tables tables, PendingLogout logout) {
        if (count(tables, logout) < PendingLogout.MOST_OF_CLIENT) {
            put(tables, logout);
        }
    }

    static @Nullable PendingLogout find(Tables tables, String tenant, Bytes id) {
        return tables.logouts.get(key(tenant, id));
    }

    /** Over the one that is there. */
    static void put(Tables tables, PendingLogout logout) {
        byte[] key = key(logout.tenant(), logout.id());
        remove(tables, key);
        tables.logouts.put(key, logout);
        tables.logoutsDue.put(dueKey(logout.dueAt(), key), key);
        tables.logoutCounts.put(countKey(logout), count(tables, logout) + 1);
    }

    static void remove(Tables tables, PendingLogout logout) {
        remove(tables, key(logout.tenant(), logout.id()));
    }

    static void remove(Tables tables, byte[] key) {
        PendingLogout logout = tables.logouts.get(key);
        if (logout == null) {
            return;
        }
        tables.logouts.remove(key);
        tables.logoutsDue.remove(dueKey(logout.dueAt(), key));
        long left = count(tables, logout) - 1;
        if (left == 0) {
            tables.logoutCounts.remove(countKey(logout));
        } else {
            tables.logoutCounts.put(countKey(logout), left);
        }
    }

    /** The first that are due, expired ones left out. */
    static List<PendingLogout> due(Tables tables, int limit, Instant now) {
        List<PendingLogout> due = new ArrayList<>();
        if (limit > 0) {
            tables.logoutsDue.scan(START, (order, key) -> {
                PendingLogout logout = tables.logouts.get(key);
                if (logout == null || logout.dueAt().isAfter(now)) {
                    return false;
                }
                if (now.isBefore(logout.expiresAt())) {
                    due.add(logout);
                }
                return due.size() < limit;
            });
        }
        return due;
    }

    private static byte[] key(String tenant, Bytes id) {
        return RowKey.of(tenant, id.base64Url());
    }

    private static byte[] dueKey(Instant dueAt, byte[] key) {
        return ByteBuffer.allocate(Long.BYTES + Integer.BYTES + key.length)
                .putLong(dueAt.getEpochSecond())
                .putInt(dueAt.getNano())
                .put(key)
                .array();
    }

    private static byte[] countKey(PendingLogout logout) {
        return RowKey.of(logout.tenant(), logout.clientId());
    }

    private static long count(Tables tables, PendingLogout logout) {
        Long count = tables.logoutCounts.get(countKey(logout));
        return count == null ? 0 : count;
    }
}
