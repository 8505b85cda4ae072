package io.gatehouse.store.pg;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Devices.Decide;
import io.gatehouse.common.message.Devices.Poll;
import io.gatehouse.common.message.Devices.Polled;
import io.gatehouse.common.message.Devices.State;
import io.gatehouse.common.message.Devices.Waiting;
import io.gatehouse.store.DeviceRequest;
import io.gatehouse.store.DeviceRules;
import io.gatehouse.store.GrantStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Requests of devices: what a poll or a decision changes stands in columns, the rest in the record. */
final class PgDevices implements GrantStore.Devices {
    private static final String BEGIN = "SELECT begin_device_1($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) AS begun";

    /** One that lives expires today or tomorrow. */
    private static final String FIND = """
            SELECT record FROM devices
            WHERE tenant = $1 AND user_code = $2 AND expiry_day BETWEEN $3 AND $4 AND expires_at > $5 AND state = 'PENDING'
            """;

    private static final String DECIDE = """
            UPDATE devices d SET state = $6
            FROM sessions s JOIN users u ON u.tenant = s.tenant AND u.subject = s.subject
            WHERE s.expiry_day = $1 AND s.id = $2 AND s.tenant = $3 AND session_stands_1(s, $4, u, $5)
                AND d.expiry_day = $7 AND d.digest = $8 AND d.tenant = s.tenant AND d.state = 'PENDING' AND d.expires_at > $5
            """;

    private static final String POLL = "SELECT outcome, pause FROM poll_device_1($1, $2, $3, $4, $5, $6, $7)";

    private final Statements statements;

    PgDevices(Statements statements) {
        this.statements = statements;
    }

    @Override
    public Future<Void> begin(DeviceRequest request, Instant now) {
        Tuple arguments = Tuple.tuple()
                .addString(ColumnText.key(request.tenant()))
                .addInteger(request.device().expiryDay())
                .addBuffer(Cells.of(request.device().digest()))
                .addString(ColumnText.key(request.clientId()))
                .addBuffer(Cells.of(request.userCode()))
                .addLong(Nanos.of(request.interval()))
                .addLong(Nanos.of(request.expiresAt()))
                .addBuffer(Cells.of(request))
                .addInteger(Nanos.day(now))
                .addLong(Nanos.of(now));
        return statements
                .<Boolean>one(BEGIN, arguments, row -> Cells.flag(row, "begun"))
                .compose(begun -> begun
                        ? Future.succeededFuture()
                        : Future.failedFuture(new OAuthError.Conflict("user code").failure()));
    }

    @Override
    public Future<@Nullable Waiting> find(String tenant, Digest userCode, Instant now) {
        int today = Nanos.day(now);
        Tuple arguments = Tuple.of(ColumnText.key(tenant), Cells.of(userCode), today, today + 1, Nanos.of(now));
        return statements.<Waiting>first(
                FIND, arguments, row -> DeviceRules.waiting(Cells.record(row, "record", DeviceRequest.class), now));
    }

    @Override
    public Future<Boolean> decide(Decide request, Instant now) {
        Tuple arguments = PgSessions.shown(request.tenant(), request.session())
                .addLong(Nanos.of(now))
                .addString((request.allowed() ? State.ALLOWED : State.DENIED).name())
                .addInteger(request.device().expiryDay())
                .addBuffer(Cells.of(request.device().digest()));
        return statements.count(DECIDE, arguments).map(count -> count > 0);
    }

    @Override
    public Future<Polled> poll(Poll request, Instant now) {
        Tuple arguments = Tuple.tuple()
                .addString(ColumnText.key(request.tenant()))
                .addString(ColumnText.key(request.clientId()))
                .addInteger(request.device().expiryDay())
                .addBuffer(Cells.of(request.device().digest()))
                .addLong(Nanos.of(DeviceRules.SLOWER))
                .addLong(Nanos.of(DeviceRules.TOLERANCE))
                .addLong(Nanos.of(now));
        return statements.one(
                POLL,
                arguments,
                row -> new Polled(
                        State.valueOf(Cells.text(row, "outcome")), Nanos.duration(Cells.number(row, "pause"))));
    }
}
