package io.gatehouse.store.embedded;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.store.Declarations;
import io.gatehouse.store.Denials;
import io.gatehouse.store.DirectoryStore;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class EmbeddedClients implements DirectoryStore.Clients {
    private final Writer writer;
    private final DenialLog log;

    EmbeddedClients(Writer writer, DenialLog log) {
        this.writer = writer;
        this.log = log;
    }

    @Override
    public Future<@Nullable Client> find(String tenant, String clientId) {
        return writer.submit(tables -> tables.client(tenant, clientId));
    }

    @Override
    public Future<Boolean> declare(Client client) {
        return writer.submit(tables -> declare(tables, client));
    }

    private static boolean declare(Tables tables, Client declared) {
        if (!tables.tenants.has(RowKey.of(declared.tenant()))) {
            throw new OAuthError.NotFound("tenant").failure();
        }
        byte[] key = RowKey.of(declared.tenant(), declared.clientId());
        Client existing = tables.clients.get(key);
        if (existing == null) {
            checkIsNew(tables, declared, key);
        }
        Client next = Declarations.client(existing, declared);
        if (next.equals(existing)) {
            return false;
        }
        tables.clients.put(key, next);
        // Declared from now on: it is no longer one that came by itself.
        RegistrationTable.remove(tables, key);
        return true;
    }

    /** RFC 9700, section 4.15: a client must not be able to pass as a user, nor a JWT of an app as its id token. */
    static void checkIsNew(Tables tables, Client declared, byte[] key) {
        if (tables.users.has(key) || tables.isAudience(declared.tenant(), declared.clientId())) {
            throw new OAuthError.Conflict("client_id").failure();
        }
    }

    @Override
    public Future<List<SequencedDenial>> disable(String tenant, String clientId, Instant now) {
        return writer.submit(tables -> disable(tables, tenant, clientId, now));
    }

    private List<SequencedDenial> disable(Tables tables, String tenant, String clientId, Instant now) {
        Client client = tables.client(tenant, clientId);
        if (client == null) {
            throw new OAuthError.NotFound("client").failure();
        }
        Client next = ClientRow.nextEpoch(client, true);
        List<SequencedDenial> denials = log.append(tables, Denials.of(next, now), now);
        tables.put(next);
        return denials;
    }
}
