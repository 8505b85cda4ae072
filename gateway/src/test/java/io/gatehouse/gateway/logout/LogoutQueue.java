package io.gatehouse.gateway.logout;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.message.Logouts;
import io.gatehouse.common.message.Logouts.Claimed;
import io.gatehouse.common.message.Logouts.Due;
import io.gatehouse.common.message.Logouts.Reported;
import io.gatehouse.gateway.oauth.Samples;
import io.gatehouse.gateway.oauth.TestNode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The store's queue, by what {@link Logouts} says of it and by the test's clock. */
final class LogoutQueue {
    static final String SUBJECT = "subject-of-the-session";

    private record Row(String clientId, int tries, Instant dueAt) {}

    private final Map<Bytes, Row> rows = new LinkedHashMap<>();
    private final TestNode node;
    private int added;
    private int reported;

    LogoutQueue(TestNode node) {
        this.node = node;
        node.on(Logouts.Claim.class, this::claim).on(Logouts.Report.class, this::report);
    }

    synchronized void add(String clientId) {
        Bytes id = Bytes.of(ByteBuffer.allocate(16).putInt(added++).array());
        rows.put(id, new Row(clientId, 0, node.clock.instant()));
    }

    synchronized boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Of how many reports it knows. */
    synchronized int reported() {
        return reported;
    }

    private synchronized Claimed claim(Logouts.Claim claim) {
        Instant now = node.clock.instant();
        List<Map.Entry<Bytes, Row>> due = rows.entrySet().stream()
                .filter(row -> !row.getValue().dueAt().isAfter(now))
                .limit(claim.limit())
                .toList();
        due.forEach(row ->
                row.setValue(new Row(row.getValue().clientId(), row.getValue().tries(), now.plus(claim.lease()))));
        return new Claimed(due.stream()
                .map(row -> new Due(
                        "main",
                        row.getKey(),
                        row.getValue().clientId(),
                        Samples.logout(row.getValue().clientId(), SUBJECT),
                        row.getValue().tries()))
                .toList());
    }

    private synchronized Reported report(Logouts.Report report) {
        int tries = report.tries() + 1;
        if (report.done() || tries == Logouts.TRIES) {
            rows.remove(report.id());
        } else {
            rows.computeIfPresent(
                    report.id(),
                    (id, row) -> new Row(row.clientId(), tries, Logouts.nextTry(tries, node.clock.instant())));
        }
        reported++;
        return new Reported();
    }
}
