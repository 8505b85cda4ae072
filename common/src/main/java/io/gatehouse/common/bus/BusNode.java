package io.gatehouse.common.bus;

import io.gatehouse.common.metric.Exposition;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the buses of one process know in common: its name and the addresses that it serves. */
public final class BusNode {
    private final String id;
    private final @Nullable Link link;
    private final Map<String, Integer> busesByAddress = new ConcurrentHashMap<>();

    /** A process that stands alone. */
    public BusNode(String id) {
        this.id = id;
        this.link = null;
    }

    /** A member of a cluster. */
    public BusNode(Link link) {
        this.id = link.node();
        this.link = link;
    }

    public String id() {
        return id;
    }

    /** To other processes; null: there are none. */
    @Nullable
    Link link() {
        return link;
    }

    /** Writes down what of other processes was refused; one that stands alone hears none. */
    public void measure(Exposition out) {
        if (link != null) {
            link.measure(out);
        }
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
