package io.gatehouse.common.bus;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the buses of one process know in common: its name and the addresses that it serves. */
public final class BusNode {
    private final String id;
    private final Map<String, Integer> busesByAddress = new ConcurrentHashMap<>();

    /** @param id unique in the cluster */
    public BusNode(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    /** One more bus serves it. */
    void serve(String address) {
        busesByAddress.merge(address, 1, Integer::sum);
    }

    /** One bus fewer serves it. */
    void forget(String address) {
        busesByAddress.computeIfPresent(address, (key, buses) -> buses == 1 ? null : buses - 1);
    }

    boolean serves(String address) {
        return busesByAddress.containsKey(address);
    }
}
