package io.gatehouse.store.embedded;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.store.DeviceRequest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Rows of devices that wait, and the index by which their user codes are found. */
final class DeviceTable {
    private DeviceTable() {}

    static @Nullable DeviceRequest get(Tables tables, String tenant, CodeId device) {
        return tables.devices.get(key(tenant, device));
    }

    /** Whoever was given the user code last, expired or not. */
    static @Nullable DeviceRequest named(Tables tables, String tenant, Digest userCode) {
        byte[] key = tables.devicesByUserCode.get(indexKey(tenant, userCode));
        return key == null ? null : tables.devices.get(key);
    }

    static void put(Tables tables, DeviceRequest request) {
        byte[] key = key(request.tenant(), request.device());
        tables.devices.put(key, request);
        tables.devicesByUserCode.put(indexKey(request.tenant(), request.userCode()), key);
    }

    /** @param key of a row that is there; its user code may be another one's by now */
    static void remove(Tables tables, byte[] key) {
        DeviceRequest request = tables.devices.get(key);
        if (request != null) {
            tables.devices.remove(key);
            byte[] index = indexKey(request.tenant(), request.userCode());
            if (Arrays.equals(key, tables.devicesByUserCode.get(index))) {
                tables.devicesByUserCode.remove(index);
            }
        }
    }

    private static byte[] key(String tenant, CodeId device) {
        return RowKey.of(tenant, device.digest().value().base64Url());
    }

    private static byte[] indexKey(String tenant, Digest userCode) {
        return RowKey.of(tenant, userCode.value().base64Url());
    }
}
