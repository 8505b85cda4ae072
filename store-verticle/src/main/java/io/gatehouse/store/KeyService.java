package io.gatehouse.store;

import io.gatehouse.common.message.Keys;
import io.vertx.core.Future;

/** Answers {@link Keys}. */
final class KeyService {
    private final Store.Keys keys;
    private final Announcer announcer;

    KeyService(Store.Keys keys, Announcer announcer) {
        this.keys = keys;
        this.announcer = announcer;
    }

    Future<?> answer(Keys<?> request) {
        return switch (request) {
            case Keys.Load load -> keys.load(load.tenant()).map(Keys.Loaded::new);
            case Keys.Save save -> save(save);
        };
    }

    private Future<Keys.Saved> save(Keys.Save request) {
        return keys.save(request).map(version -> {
            String tenant = request.keySet().tenant();
            announcer.keysChanged(tenant, version, request.keySet().isAwaited());
            AuditLine.of("keys_saved", tenant).with("version", version).outcome("changed");
            return new Keys.Saved(version);
        });
    }
}
