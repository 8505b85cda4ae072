package io.gatehouse.store.redis;

import io.gatehouse.common.message.ClientJwtStatement;
import io.gatehouse.store.copy.SpentValue;
import io.gatehouse.store.pg.PgCounterpart.Spent;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One-time values that were presented, until nobody would accept them any more. Beside them lies since when Redis
 * remembers, and which server: one that was emptied, was started again or took over may lack the last of them, so that
 * its memory begins when we first see it. One that may have been presented before counts as presented.
 */
final class SpentValues {
    /** By so much the clocks of nodes may differ. */
    private static final Duration SKEW = Duration.ofSeconds(5);

    private static final Duration SLACK = Duration.ofMinutes(10);

    /** KEYS: since when values are remembered. ARGV: what to write where this server was not the one to remember. */
    private static final Script GREET = Script.of("""
            local info = redis.pcall('INFO', 'server')
            local server = type(info) == 'string' and string.match(info, 'run_id:(%w+)') or ''
            if redis.call('HGET', KEYS[1], 'server') ~= server then
              redis.call('HSET', KEYS[1], 'since', ARGV[1], 'server', server)
            end
            return 1
            """);

    /**
     * Says 1 where the value is spent by this, 0 where it was before.
     *
     * <p>KEYS: since when values are remembered, the value. ARGV, in milliseconds: now; what to write as the first where
     * it is not there, since Redis was emptied; before which nobody can have presented the value; the end of its memory;
     * the life of the key.
     */
    private static final Script SPEND = Script.of("""
            local since = redis.call('HGET', KEYS[1], 'since')
            if not since then
              since = ARGV[2]
              redis.call('HSET', KEYS[1], 'since', since)
            end
            local known = redis.call('GET', KEYS[2])
            if known and tonumber(ARGV[1]) < tonumber(known) then
              return 0
            end
            redis.call('SET', KEYS[2], ARGV[4], 'PX', ARGV[5])
            if tonumber(ARGV[3]) < tonumber(since) then
              return 0
            end
            return 1
            """);

    private final Keyspace names;
    private final Clock clock;

    SpentValues(Keyspace names, Clock clock) {
        this.names = names;
        this.clock = clock;
    }

    /** What a new connection says first. */
    Future<?> greet(Link.Wire wire) {
        return GREET.run(wire, List.of(names.spentSince()), List.of(Script.number(since(clock.instant()))));
    }

    /** To be told at each start what the database knows of spent values. */
    Future<?> begin(Link.Wire wire, Spent known) {
        return switch (known) {
            case NEVER -> rememberSince(wire, 0);
            case ELSEWHERE -> Future.succeededFuture();
            case HERE -> rememberSince(wire, since(clock.instant()));
        };
    }

    private Future<?> rememberSince(Link.Wire wire, long millis) {
        return wire.send(
                Request.cmd(Command.HSET).arg(names.spentSince()).arg("since").arg(millis));
    }

    /** False where the JWT was presented before, or may have been; one without time is not remembered. */
    Future<Boolean> spend(Link.Wire wire, ClientJwtStatement statement, Instant now) {
        SpentValue value = SpentValue.of(statement);
        Instant earliest = statement.replaySince() == null ? Instant.EPOCH : statement.replaySince();
        return value == null ? Future.succeededFuture(true) : spend(wire, value, earliest, now);
    }

    /** False where the value was spent before, or may have been since {@code earliest}. */
    Future<Boolean> spend(Link.Wire wire, SpentValue value, Instant earliest, Instant now) {
        return SPEND.run(
                        wire,
                        List.of(names.spentSince(), names.spent(value)),
                        List.of(
                                Script.number(now.toEpochMilli()),
                                Script.number(since(now)),
                                Script.number(earliest.toEpochMilli()),
                                Script.number(value.until().toEpochMilli()),
                                Script.number(life(now, value.until()))))
                .map(answer -> Objects.requireNonNull(answer).toInteger() == 1);
    }

    private static long since(Instant now) {
        return now.plus(SKEW).toEpochMilli();
    }

    private static long life(Instant now, Instant until) {
        return Math.max(0, Duration.between(now, until).toMillis()) + SLACK.toMillis();
    }
}
