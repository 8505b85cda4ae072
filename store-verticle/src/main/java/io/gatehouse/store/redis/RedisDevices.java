package io.gatehouse.store.redis;

import io.gatehouse.common.codec.RecordCodec;
import io.gatehouse.common.crypto.Bytes;
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
import io.gatehouse.store.SessionStore;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Requests of devices: a hash for each, and for each user code the request that has it. Scripts decide as {@link DeviceRules}
 * says, in whole milliseconds. Sessions lie in PostgreSQL: whether one stands is asked there, before the decision is written.
 */
final class RedisDevices implements GrantStore.Devices {
    private static final Duration SLACK = Duration.ofMinutes(10);

    /**
     * Says 1 where it is written, 0 where the user code is another live one's.
     *
     * <p>KEYS: the request, its user code. ARGV: row, client, interval, end, now, life of the keys.
     */
    private static final Script BEGIN = Script.of("""
            local taken = redis.call('HGET', KEYS[2], 'end')
            if taken and tonumber(ARGV[5]) < tonumber(taken) then
              return 0
            end
            redis.call('HSET', KEYS[1], 'client', ARGV[2], 'interval', ARGV[3], 'end', ARGV[4], 'state', 'PENDING')
            redis.call('PEXPIRE', KEYS[1], ARGV[6])
            redis.call('HSET', KEYS[2], 'row', ARGV[1], 'end', ARGV[4])
            redis.call('PEXPIRE', KEYS[2], ARGV[6])
            return 1
            """);

    /** KEYS: a user code. Gives the row of the last request that had it. */
    private static final Script NAMED = Script.of("return redis.call('HGET', KEYS[1], 'row')");

    /** KEYS: a request. */
    private static final Script STATE = Script.of("return redis.call('HGET', KEYS[1], 'state')");

    /** Says whether it counts. KEYS: a request. ARGV: decision, now. */
    private static final Script DECIDE = Script.of("""
            local device = redis.call('HMGET', KEYS[1], 'state', 'end')
            if device[1] ~= 'PENDING' or tonumber(ARGV[2]) >= tonumber(device[2]) then
              return 0
            end
            redis.call('HSET', KEYS[1], 'state', ARGV[1])
            return 1
            """);

    /** Says the outcome and the interval. KEYS: a request. ARGV: client, now, how much slower, tolerance. */
    private static final Script POLL = Script.of("""
            local device = redis.call('HMGET', KEYS[1], 'client', 'interval', 'end', 'state', 'polled')
            if device[1] ~= ARGV[1] then
              return {'UNKNOWN', '0'}
            end
            local now, interval = tonumber(ARGV[2]), tonumber(device[2])
            if now >= tonumber(device[3]) then
              return {'EXPIRED', device[2]}
            end
            if device[4] == 'DENIED' then
              return {'DENIED', device[2]}
            end
            local outcome = device[4]
            if device[5] and now < tonumber(device[5]) + interval - tonumber(ARGV[4]) then
              outcome = 'TOO_EARLY'
              interval = interval + tonumber(ARGV[3])
            end
            local text = string.format('%.0f', interval)
            redis.call('HSET', KEYS[1], 'polled', ARGV[2], 'interval', text)
            return {outcome, text}
            """);

    private final Link link;
    private final Keyspace names;
    private final SessionStore.Sessions sessions;

    RedisDevices(Link link, Keyspace names, SessionStore.Sessions sessions) {
        this.link = link;
        this.names = names;
        this.sessions = sessions;
    }

    @Override
    public Future<Void> begin(DeviceRequest request, Instant now) {
        Duration life = Duration.between(now, request.expiresAt()).plus(SLACK);
        List<String> keys = List.of(
                names.device(request.tenant(), request.device()), names.userCode(request.tenant(), request.userCode()));
        List<byte[]> arguments = List.of(
                RecordCodec.encode(request).toArray(),
                Script.text(request.clientId()),
                Script.number(request.interval().toMillis()),
                Script.number(request.expiresAt().toEpochMilli()),
                Script.number(now.toEpochMilli()),
                Script.number(Math.max(1, life.toMillis())));
        return BEGIN.run(link::send, keys, arguments)
                .compose(begun -> Objects.requireNonNull(begun).toInteger() == 1
                        ? Future.succeededFuture()
                        : Future.failedFuture(new OAuthError.Conflict("user code").failure()));
    }

    /** The row never changes, but for what {@link #STATE} says. */
    @Override
    public Future<@Nullable Waiting> find(String tenant, Digest userCode, Instant now) {
        return NAMED.run(link::send, List.of(names.userCode(tenant, userCode)), List.of())
                .map(row -> row == null ? null : waiting(row, now))
                .compose(waiting -> waiting == null ? Future.succeededFuture(null) : pending(tenant, waiting));
    }

    private static @Nullable Waiting waiting(Response row, Instant now) {
        return DeviceRules.waiting(RecordCodec.decode(Bytes.owned(row.toBytes()), DeviceRequest.class), now);
    }

    private Future<@Nullable Waiting> pending(String tenant, Waiting waiting) {
        return STATE.run(link::send, List.of(names.device(tenant, waiting.device())), List.of())
                .map(state -> state != null && state.toString().equals(State.PENDING.name()) ? waiting : null);
    }

    @Override
    public Future<Boolean> decide(Decide request, Instant now) {
        return sessions.find(request.tenant(), request.session(), now)
                .compose(rows -> rows == null ? Future.succeededFuture(false) : write(request, now));
    }

    private Future<Boolean> write(Decide request, Instant now) {
        State decision = request.allowed() ? State.ALLOWED : State.DENIED;
        return DECIDE.run(
                        link::send,
                        List.of(names.device(request.tenant(), request.device())),
                        List.of(Script.text(decision.name()), Script.number(now.toEpochMilli())))
                .map(done -> Objects.requireNonNull(done).toInteger() == 1);
    }

    @Override
    public Future<Polled> poll(Poll request, Instant now) {
        return POLL.run(
                        link::send,
                        List.of(names.device(request.tenant(), request.device())),
                        List.of(
                                Script.text(request.clientId()),
                                Script.number(now.toEpochMilli()),
                                Script.number(DeviceRules.SLOWER.toMillis()),
                                Script.number(DeviceRules.TOLERANCE.toMillis())))
                .map(answer -> polled(Objects.requireNonNull(answer)));
    }

    private static Polled polled(Response answer) {
        return new Polled(
                State.valueOf(answer.get(0).toString()),
                Duration.ofMillis(Long.parseLong(answer.get(1).toString())));
    }
}
