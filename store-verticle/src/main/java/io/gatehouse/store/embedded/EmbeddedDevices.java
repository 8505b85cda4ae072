package io.gatehouse.store.embedded;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Devices.Decide;
import io.gatehouse.common.message.Devices.Poll;
import io.gatehouse.common.message.Devices.Polled;
import io.gatehouse.common.message.Devices.Waiting;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.User;
import io.gatehouse.store.DeviceRequest;
import io.gatehouse.store.DeviceRules;
import io.gatehouse.store.GrantStore;
import io.gatehouse.store.SessionRules;
import io.vertx.core.Future;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

final class EmbeddedDevices implements GrantStore.Devices {
    private final Writer writer;

    EmbeddedDevices(Writer writer) {
        this.writer = writer;
    }

    @Override
    public Future<Void> begin(DeviceRequest request, Instant now) {
        return writer.<Boolean>submit(tables -> begin(tables, request, now)).mapEmpty();
    }

    private static boolean begin(Tables tables, DeviceRequest request, Instant now) {
        DeviceRequest other = DeviceTable.named(tables, request.tenant(), request.userCode());
        if (other != null && DeviceRules.isLive(other, now)) {
            throw new OAuthError.Conflict("user code").failure();
        }
        DeviceTable.put(tables, request);
        return true;
    }

    @Override
    public Future<@Nullable Waiting> find(String tenant, Digest userCode, Instant now) {
        return writer.submit(tables -> DeviceRules.waiting(DeviceTable.named(tables, tenant, userCode), now));
    }

    @Override
    public Future<Boolean> decide(Decide request, Instant now) {
        return writer.submit(tables -> decide(tables, request, now));
    }

    private static boolean decide(Tables tables, Decide request, Instant now) {
        String tenant = request.tenant();
        Session session = tables.session(tenant, request.session().id());
        User user = session == null ? null : tables.user(tenant, session.subject());
        DeviceRequest decided = DeviceRules.decide(DeviceTable.get(tables, tenant, request.device()), request, now);
        if (decided == null || !SessionRules.stands(session, request.session(), user, now)) {
            return false;
        }
        DeviceTable.put(tables, decided);
        return true;
    }

    @Override
    public Future<Polled> poll(Poll request, Instant now) {
        return writer.submit(tables -> {
            DeviceRequest row = DeviceTable.get(tables, request.tenant(), request.device());
            DeviceRules.Polling polling = DeviceRules.poll(row, request, now);
            if (polling.write() != null) {
                DeviceTable.put(tables, polling.write());
            }
            return polling.answer();
        });
    }
}
