package io.gatehouse.store;

import io.gatehouse.common.message.PartHealth;
import io.gatehouse.common.message.StoreHealth;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;

/** Answers {@link StoreHealth}. */
final class HealthService {
    private final Store store;
    private final PasswordLane lane;

    HealthService(Store store, PasswordLane lane) {
        this.store = store;
        this.lane = lane;
    }

    Future<?> answer(StoreHealth<?> request) {
        return switch (request) {
            case StoreHealth.Check check -> store.check().map(this::withLane);
        };
    }

    private PartHealth withLane(PartHealth health) {
        Map<String, String> details = new HashMap<>(health.details());
        details.put("passwords_waiting", Integer.toString(lane.waiting()));
        return new PartHealth(health.ready(), details);
    }
}
