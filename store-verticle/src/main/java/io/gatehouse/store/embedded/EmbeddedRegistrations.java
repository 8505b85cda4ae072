package io.gatehouse.store.embedded;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.store.Denials;
import io.gatehouse.store.DirectoryStore;
import io.gatehouse.store.Registration;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class EmbeddedRegistrations implements DirectoryStore.Registrations {
    private final Writer writer;
    private final DenialLog log;

    EmbeddedRegistrations(Writer writer, DenialLog log) {
        this.writer = writer;
        this.log = log;
    }

    @Override
    public Future<Boolean> add(Client client, Duration unusedLife, long most, Instant now) {
        return writer.submit(tables -> add(tables, client, unusedLife, most, now));
    }

    private static boolean add(Tables tables, Client client, Duration unusedLife, long most, Instant now) {
        if (!tables.tenants.has(RowKey.of(client.tenant()))) {
            throw new OAuthError.NotFound("tenant").failure();
        }
        if (RegistrationTable.count(tables, client.tenant()) >= most) {
            return false;
        }
        byte[] key = RowKey.of(client.tenant(), client.clientId());
        if (tables.clients.has(key)) {
            throw new OAuthError.Conflict("client_id").failure();
        }
        EmbeddedClients.checkIsNew(tables, client, key);
        tables.clients.put(key, client);
        RegistrationTable.put(tables, new Registration(client.tenant(), client.clientId(), unusedLife, now));
        return true;
    }

    @Override
    public Future<Boolean> replace(Client client) {
        return writer.submit(tables -> replace(tables, client));
    }

    private static boolean replace(Tables tables, Client client) {
        Client before = tables.client(client.tenant(), client.clientId());
        if (before == null || !isThere(tables, client.tenant(), client.clientId(), client.version() - 1)) {
            return false;
        }
        tables.put(client.inState(before.disabled(), before.epoch(), client.version()));
        return true;
    }

    private static boolean isThere(Tables tables, String tenant, String clientId, long version) {
        Client client = tables.clients.get(RowKey.of(tenant, clientId));
        return client != null
                && client.version() == version
                && RegistrationTable.find(tables, tenant, clientId) != null;
    }

    @Override
    public Future<@Nullable List<SequencedDenial>> remove(String tenant, String clientId, long version, Instant now) {
        return writer.<@Nullable List<SequencedDenial>>submit(tables -> remove(tables, tenant, clientId, version, now));
    }

    private @Nullable List<SequencedDenial> remove(
            Tables tables, String tenant, String clientId, long version, Instant now) {
        Client client = tables.client(tenant, clientId);
        if (client == null || !isThere(tables, tenant, clientId, version)) {
            return null;
        }
        List<SequencedDenial> denials = log.append(tables, Denials.of(ClientRow.nextEpoch(client, true), now), now);
        byte[] key = RowKey.of(tenant, clientId);
        RegistrationTable.remove(tables, key);
        tables.clients.remove(key);
        return denials;
    }

    @Override
    public Future<Void> notice(String tenant, String clientId, Instant now) {
        return writer.<@Nullable Void>submit(tables -> {
                    Registration registration = RegistrationTable.find(tables, tenant, clientId);
                    if (registration != null && registration.isNoticeable(now)) {
                        RegistrationTable.put(tables, registration.used(now));
                    }
                    return null;
                })
                .mapEmpty();
    }
}
