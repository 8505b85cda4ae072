package io.gatehouse.deploy.node;

import io.gatehouse.common.bus.Bus;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** What happens once between the parts that answer and those that ask, however many event loops wait for it. */
final class Preparation {
    private final Roles roles;
    private @Nullable Future<Void> running;

    Preparation(Roles roles) {
        this.roles = roles;
    }

    /** Completes for every caller when the first one's is done. */
    synchronized Future<Void> once(Bus bus) {
        if (running == null) {
            running = roles.prepare(bus);
        }
        return running;
    }
}
