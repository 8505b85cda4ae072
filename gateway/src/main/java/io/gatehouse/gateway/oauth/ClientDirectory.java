package io.gatehouse.gateway.oauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.message.ClientStatement;
import io.gatehouse.common.message.Clients;
import io.vertx.core.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The clients this process has lately asked for. An event drops a changed one; the short life of an entry makes up for
 * a lost event; and nothing here counts while revocations may be missed.
 */
final class ClientDirectory {
    private record Key(String tenant, String clientId) {}

    private final Cache<Key, KnownClient> known = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofSeconds(30))
            .build();
    private final RevocationList revocations;

    ClientDirectory(RevocationList revocations) {
        this.revocations = revocations;
    }

    /** Null where there is no such client. */
    Future<@Nullable KnownClient> find(Bus bus, String tenant, String clientId) {
        Key key = new Key(tenant, clientId);
        KnownClient cached = revocations.isFresh() ? known.getIfPresent(key) : null;
        return cached == null ? load(bus, key) : Future.succeededFuture(cached);
    }

    void forget(String tenant, String clientId) {
        known.invalidate(new Key(tenant, clientId));
    }

    private Future<@Nullable KnownClient> load(Bus bus, Key key) {
        return bus.ask(new Clients.Find(key.tenant, key.clientId)).map(found -> {
            if (found.client() == null) {
                return null;
            }
            ClientStatement statement = found.client().read(ClientStatement.class);
            KnownClient client = new KnownClient(statement.client(), found.client());
            known.put(key, client);
            return client;
        });
    }
}
