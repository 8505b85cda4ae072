package io.gatehouse.store.redis;

import io.gatehouse.common.config.Rate;
import io.gatehouse.common.limit.Gcra;
import io.gatehouse.store.Limit;
import io.gatehouse.store.Store;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * {@link Gcra} as a script, one number per key. Numbers of a script are doubles: whole microseconds stay whole, and are
 * written out digit by digit, since Lua would round them.
 *
 * <p>All counters lie in one slot, since one attempt counts against several of them at once.
 */
final class RedisLimits implements Store.Limits {
    /** What is full again says nothing and may go; clocks of nodes differ. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    /**
     * ARGV: now, slack in milliseconds, then limit and window of each key. Gives the time until the attempt could be taken, 0
     * where it was, and that until all keys are full again.
     */
    private static final Script RESERVE = Script.of("""
            local now, slack = tonumber(ARGV[1]), tonumber(ARGV[2])
            local wait, ahead, full = 0, 0, {}
            for i, key in ipairs(KEYS) do
              local limit, window = tonumber(ARGV[2 * i + 1]), tonumber(ARGV[2 * i + 2])
              local interval = math.max(1, math.floor(window / limit))
              local burst = interval * limit
              local known = tonumber(redis.call('GET', key) or now)
              local start = math.min(math.max(known, now), now + burst)
              full[i] = start + interval
              wait = math.max(wait, full[i] - now - burst)
              ahead = math.max(ahead, start - now)
            end
            if wait == 0 then
              for i, key in ipairs(KEYS) do
                local life = math.ceil((full[i] - now) / 1000) + slack
                redis.call('SET', key, string.format('%.0f', full[i]), 'PX', string.format('%.0f', life))
                ahead = math.max(ahead, full[i] - now)
              end
            end
            return {wait, ahead}
            """);

    /** ARGV: limit and window of each key. */
    private static final Script REFUND = Script.of("""
            for i, key in ipairs(KEYS) do
              local interval = math.max(1, math.floor(tonumber(ARGV[2 * i]) / tonumber(ARGV[2 * i - 1])))
              local full = redis.call('GET', key)
              if full then
                redis.call('SET', key, string.format('%.0f', tonumber(full) - interval), 'KEEPTTL')
              end
            end
            return #KEYS
            """);

    private final Link link;
    private final Keyspace names;

    RedisLimits(Link link, Keyspace names) {
        this.link = link;
        this.names = names;
    }

    @Override
    public Future<Duration> reserve(List<Limit> limits, Instant now) {
        if (limits.isEmpty()) {
            return Future.succeededFuture(Duration.ZERO);
        }
        return run(limits, now).map(answer -> Gcra.duration(answer.get(0).toLong()));
    }

    @Override
    public Future<Gcra.Decision> take(Limit limit, Instant now) {
        return run(List.of(limit), now).map(answer -> {
            long wait = answer.get(0).toLong();
            return new Gcra.Decision(wait == 0, Gcra.micros(now) + answer.get(1).toLong(), wait);
        });
    }

    private Future<Response> run(List<Limit> limits, Instant now) {
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(Script.number(Gcra.micros(now)));
        arguments.add(Script.number(SLACK.toMillis()));
        addRates(limits, arguments);
        return RESERVE.run(link::send, keys(limits), arguments).map(Objects::requireNonNull);
    }

    @Override
    public Future<Void> refund(List<Limit> limits, Instant now) {
        if (limits.isEmpty()) {
            return Future.succeededFuture();
        }
        List<byte[]> arguments = new ArrayList<>();
        addRates(limits, arguments);
        return REFUND.run(link::send, keys(limits), arguments).mapEmpty();
    }

    private List<String> keys(List<Limit> limits) {
        return limits.stream().map(names::limit).toList();
    }

    private static void addRates(List<Limit> limits, List<byte[]> arguments) {
        for (Limit limit : limits) {
            Rate rate = limit.rate();
            arguments.add(Script.number(rate.limit()));
            arguments.add(Script.number(
                    rate.window().toNanos() / ChronoUnit.MICROS.getDuration().toNanos()));
        }
    }
}
