package io.gatehouse.store.embedded;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.PushedRequests.Find;
import io.gatehouse.common.message.PushedRequests.Take;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.store.GrantStore;
import io.gatehouse.store.PushedRequest;
import io.vertx.core.Future;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

final class EmbeddedPushedRequests implements GrantStore.PushedRequests {
    private final Writer writer;

    EmbeddedPushedRequests(Writer writer) {
        this.writer = writer;
    }

    @Override
    public Future<Void> push(PushedRequest request, Instant now) {
        return writer.submit(tables -> push(tables, request)).mapEmpty();
    }

    private static boolean push(Tables tables, PushedRequest request) {
        byte[] key = key(request.tenant(), request.id());
        if (tables.pushedRequests.has(key)) {
            throw new OAuthError.Conflict("pushed request").failure();
        }
        tables.pushedRequests.put(key, request);
        return true;
    }

    @Override
    public Future<@Nullable String> find(Find request, Instant now) {
        return writer.submit(tables -> {
            PushedRequest found = tables.pushedRequests.get(key(request.tenant(), request.request()));
            return found != null && found.isFoundBy(request.clientId(), now) ? found.form() : null;
        });
    }

    @Override
    public Future<Boolean> take(Take request, Instant now) {
        return writer.submit(tables -> take(tables, request, now));
    }

    private static boolean take(Tables tables, Take request, Instant now) {
        byte[] key = key(request.tenant(), request.request());
        PushedRequest found = tables.pushedRequests.get(key);
        if (found == null || !found.isTakenBy(request.clientId(), now)) {
            return false;
        }
        tables.pushedRequests.remove(key);
        return true;
    }

    static byte[] key(String tenant, CodeId id) {
        return RowKey.of(tenant, id.digest().value().base64Url());
    }
}
