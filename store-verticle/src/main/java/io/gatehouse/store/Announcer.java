package io.gatehouse.store;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.SequencedDenial;
import java.util.List;
import java.util.function.Supplier;

/** Tells everybody what was committed, before the asker hears of it. */
final class Announcer {
    private final Bus bus;
    private final Supplier<String> incarnation;

    /** @param incarnation of the log at the time of asking */
    Announcer(Bus bus, Supplier<String> incarnation) {
        this.bus = bus;
        this.incarnation = incarnation;
    }

    /** Gives back what it announced. */
    List<SequencedDenial> denied(List<SequencedDenial> denials) {
        if (!denials.isEmpty()) {
            bus.publish(new Event.Denied(incarnation.get(), denials));
        }
        for (SequencedDenial line : denials) {
            if (line.denial().kind() == Denial.Kind.CLIENT) {
                // Its epoch went up: what gateways remember of it is old.
                clientChanged(line.denial().tenant(), line.denial().clientId());
            }
        }
        return denials;
    }

    void heartbeat(long head) {
        bus.publish(new Event.Heartbeat(incarnation.get(), head));
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
