package io.gatehouse.store.redis;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.PushedRequests.Find;
import io.gatehouse.common.message.PushedRequests.Take;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.store.GrantStore;
import io.gatehouse.store.PushedRequest;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A hash for each pushed request, and its parameters beside it, which are gone with its own end: what can still be taken after
 * that is small. Times that decide are in the hash; the life of keys only collects garbage.
 */
final class RedisPushedRequests implements GrantStore.PushedRequests {
    /** Clocks of nodes differ. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    /**
     * KEYS: the request, its form. ARGV: client, form, in milliseconds: its end, its last end, the lives of form and request.
     */
    private static final Script PUSH = Script.of("""
            if redis.call('HSETNX', KEYS[1], 'client', ARGV[1]) == 0 then
              return 0
            end
            redis.call('HSET', KEYS[1], 'found_until', ARGV[3], 'taken_until', ARGV[4])
            redis.call('PEXPIRE', KEYS[1], ARGV[6])
            redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[5])
            return 1
            """);

    /** KEYS: the request, its form. ARGV: client, now in milliseconds. */
    private static final Script FIND = Script.of("""
            local known = redis.call('HMGET', KEYS[1], 'client', 'found_until')
            if known[1] ~= ARGV[1] or tonumber(ARGV[2]) >= tonumber(known[2]) then
              return false
            end
            return redis.call('GET', KEYS[2])
            """);

    /** As FIND; says 1 where it was taken by this. */
    private static final Script TAKE = Script.of("""
            local known = redis.call('HMGET', KEYS[1], 'client', 'taken_until')
            if known[1] ~= ARGV[1] or tonumber(ARGV[2]) >= tonumber(known[2]) then
              return 0
            end
            redis.call('DEL', KEYS[1], KEYS[2])
            return 1
            """);

    private final Link link;
    private final Keyspace names;

    RedisPushedRequests(Link link, Keyspace names) {
        this.link = link;
        this.names = names;
    }

    @Override
    public Future<Void> push(PushedRequest request, Instant now) {
        List<byte[]> arguments = List.of(
                Script.text(request.clientId()),
                Script.text(request.form()),
                Script.number(request.expiresAt().toEpochMilli()),
                Script.number(request.end().toEpochMilli()),
                Script.number(life(now, request.expiresAt())),
                Script.number(life(now, request.end())));
        return PUSH.run(link::send, keys(request.tenant(), request.id()), arguments)
                .map(written -> {
                    if (!isOne(written)) {
                        throw new OAuthError.Conflict("pushed request").failure();
                    }
                    return null;
                });
    }

    @Override
    public Future<@Nullable String> find(Find request, Instant now) {
        return FIND.run(
                        link::send,
                        keys(request.tenant(), request.request()),
                        List.of(Script.text(request.clientId()), Script.number(now.toEpochMilli())))
                .map(form -> form == null ? null : form.toString());
    }

    @Override
    public Future<Boolean> take(Take request, Instant now) {
        return TAKE.run(
                        link::send,
                        keys(request.tenant(), request.request()),
                        List.of(Script.text(request.clientId()), Script.number(now.toEpochMilli())))
                .map(RedisPushedRequests::isOne);
    }

    private List<String> keys(String tenant, CodeId id) {
        return List.of(names.pushedRequest(tenant, id), names.pushedForm(tenant, id));
    }

    private static boolean isOne(@Nullable Response answer) {
        return Objects.requireNonNull(answer).toInteger() == 1;
    }

    private static long life(Instant now, Instant end) {
        return Math.max(0, Duration.between(now, end).toMillis()) + SLACK.toMillis();
    }
}
