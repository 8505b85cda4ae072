package io.gatehouse.store;

import io.gatehouse.common.model.Client;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Notices that clients that came by themselves are used, where the store is asked for them anyway: gateways do so at least each
 * minute. The store writes it once a day; it is asked to once an hour, unless there are more clients than are remembered here.
 * For one event loop.
 */
final class RegistrationUse {
    private static final Duration PAUSE = Duration.ofHours(1);

    private static final int MOST = 10_000;

    private record Key(String tenant, String clientId) {}

    private final DirectoryStore.Registrations registrations;
    private final Map<Key, Instant> noticed = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Instant> eldest) {
            return size() > MOST;
        }
    };

    RegistrationUse(DirectoryStore.Registrations registrations) {
        this.registrations = registrations;
    }

    /** Gives the client back; that its use could not be written is no reason to refuse it. */
    Future<@Nullable Client> notice(@Nullable Client client, Instant now) {
        if (client == null || client.selfRegistration() == null) {
            return Future.succeededFuture(client);
        }
        Key key = new Key(client.tenant(), client.clientId());
        Instant last = noticed.get(key);
        if (last != null && now.isBefore(last.plus(PAUSE))) {
            return Future.succeededFuture(client);
        }
        noticed.put(key, now);
        return registrations.notice(client.tenant(), client.clientId(), now).transform(written -> {
            if (written.failed()) {
                noticed.remove(key);
            }
            return Future.succeededFuture(client);
        });
    }
}
