package io.gatehouse.store;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.SequencedDenial;
import java.util.List;

/** Tells everybody what was committed, before the asker hears of it. */
final class Announcer {
    private final Bus bus;
    private final Store.Revocations log;

    Announcer(Bus bus, Store.Revocations log) {
        this.bus = bus;
        this.log = log;
    }

    /** Gives back what it announced. */
    List<SequencedDenial> denied(List<SequencedDenial> denials) {
        pass(denials);
        if (!denials.isEmpty()) {
            log.tellOthers(last(denials));
        }
        return denials;
    }

    static long last(List<SequencedDenial> denials) {
        return denials.stream().mapToLong(SequencedDenial::sequence).max().orElseThrow();
    }

    /** What others appended, and have told of. */
    void pass(List<SequencedDenial> denials) {
        if (!denials.isEmpty()) {
            bus.publish(new Event.Denied(log.incarnation(), denials));
        }
        for (SequencedDenial line : denials) {
            if (line.denial().kind() == Denial.Kind.CLIENT) {
                // Its epoch went up: what gateways remember of it is old.
                clientChanged(line.denial().tenant(), line.denial().clientId());
            }
        }
    }

    void heartbeat(long head) {
        bus.publish(new Event.Heartbeat(log.incarnation(), head));
    }

    void clientChanged(String tenant, String clientId) {
        bus.publish(new Event.ClientChanged(tenant, clientId));
    }

    void tenantChanged(String tenant) {
        bus.publish(new Event.TenantChanged(tenant));
    }

    void jwtAppChanged(String tenant, String name) {
        bus.publish(new Event.JwtAppChanged(tenant, name));
    }

    void keysChanged(String tenant, long version, boolean awaited) {
        bus.publish(new Event.KeysChanged(tenant, version, awaited));
    }
}
