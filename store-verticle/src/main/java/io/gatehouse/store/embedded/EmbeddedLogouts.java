package io.gatehouse.store.embedded;

import io.gatehouse.common.message.Logouts.Report;
import io.gatehouse.store.PendingLogout;
import io.gatehouse.store.SessionStore;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;

final class EmbeddedLogouts implements SessionStore.Logouts {
    private final Writer writer;

    EmbeddedLogouts(Writer writer) {
        this.writer = writer;
    }

    @Override
    public Future<List<PendingLogout>> claim(int limit, Instant leaseEnd, Instant now) {
        return writer.submit(tables -> {
            List<PendingLogout> due = LogoutTable.due(tables, limit, now);
            due.forEach(logout -> LogoutTable.put(tables, logout.claimed(leaseEnd)));
            return due;
        });
    }

    @Override
    public Future<Void> report(Report request, Instant now) {
        return writer.submit(tables -> {
            report(tables, request, now);
            return null;
        });
    }

    /** Of what somebody else tried meanwhile, a failure says nothing. */
    private static void report(Tables tables, Report request, Instant now) {
        PendingLogout logout = LogoutTable.find(tables, request.tenant(), request.id());
        if (logout == null || (!request.done() && logout.tries() != request.tries())) {
            return;
        }
        PendingLogout next = request.done() ? null : logout.failed(now);
        if (next == null) {
            LogoutTable.remove(tables, logout);
        } else {
            LogoutTable.put(tables, next);
        }
    }
}
