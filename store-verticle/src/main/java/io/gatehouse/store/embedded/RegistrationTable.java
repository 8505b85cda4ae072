package io.gatehouse.store.embedded;

import io.gatehouse.common.model.Client;
import io.gatehouse.store.Registration;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of registrations, the order in which they end, and how many a tenant has. */
final class RegistrationTable {
    private static final byte[] START = {};

    private RegistrationTable() {}

    static long count(Tables tables, String tenant) {
        Long count = tables.registrationCounts.get(RowKey.of(tenant));
        return count == null ? 0 : count;
    }

    static @Nullable Registration find(Tables tables, String tenant, String clientId) {
        return tables.registrations.get(RowKey.of(tenant, clientId));
    }

    /** Over the one that is there. */
    static void put(Tables tables, Registration registration) {
        byte[] key = RowKey.of(registration.tenant(), registration.clientId());
        remove(tables, key);
        tables.registrations.put(key, registration);
        tables.registrationEnds.put(endKey(registration.end(), key), key);
        setCount(tables, registration.tenant(), count(tables, registration.tenant()) + 1);
    }

    static void remove(Tables tables, byte[] key) {
        Registration registration = tables.registrations.get(key);
        if (registration != null) {
            tables.registrations.remove(key);
            tables.registrationEnds.remove(endKey(registration.end(), key));
            setCount(tables, registration.tenant(), count(tables, registration.tenant()) - 1);
        }
    }

    /**
     * Removes some of the clients that nobody used for too long; a disabled one stays what it is. Says how many ends it saw.
     */
    static int sweep(Tables tables, int limit, Instant before) {
        List<byte[]> over = new ArrayList<>();
        tables.registrationEnds.scan(START, (order, key) -> {
            Registration registration = tables.registrations.get(key);
            if (registration == null || !registration.end().isBefore(before)) {
                return false;
            }
            over.add(key);
            return over.size() < limit;
        });
        over.forEach(key -> sweep(tables, key, before));
        return over.size();
    }

    private static void sweep(Tables tables, byte[] key, Instant before) {
        Client client = tables.clients.get(key);
        Registration registration = tables.registrations.get(key);
        if (client != null && client.disabled() && registration != null) {
            put(tables, registration.used(before));
        } else {
            remove(tables, key);
            tables.clients.remove(key);
        }
    }

    private static void setCount(Tables tables, String tenant, long count) {
        if (count == 0) {
            tables.registrationCounts.remove(RowKey.of(tenant));
        } else {
            tables.registrationCounts.put(RowKey.of(tenant), count);
        }
    }

    private static byte[] endKey(Instant end, byte[] key) {
        return ByteBuffer.allocate(Long.BYTES + Integer.BYTES + key.length)
                .putLong(end.getEpochSecond())
                .putInt(end.getNano())
                .put(key)
                .array();
    }
}
