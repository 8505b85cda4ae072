package io.gatehouse.common.message;

import io.gatehouse.common.model.SequencedDenial;
import java.util.List;

/** What everybody may hear. Delivery is at most once: state gets fresher by it, never right. */
public sealed interface Event {
    String ADDRESS = "gatehouse.v1.events";

    /** Lines were appended to the revocation log. */
    record Denied(String incarnation, List<SequencedDenial> denials) implements Event {
        public Denied {
            denials = List.copyOf(denials);
        }
    }

    /** The log stands at {@code head}: said each second, also when nothing happened. */
    record Heartbeat(String incarnation, long head) implements Event {}

    record ClientChanged(String tenant, String clientId) implements Event {}

    record TenantChanged(String tenant) implements Event {}

    record JwtAppChanged(String tenant, String name) implements Event {}

    /** @param awaited whether a key waits until every verifier says that it knows this version */
    record KeysChanged(String tenant, long version, boolean awaited) implements Event {
        /** Where nobody waits. */
        public KeysChanged(String tenant, long version) {
            this(tenant, version, false);
        }
    }
}
