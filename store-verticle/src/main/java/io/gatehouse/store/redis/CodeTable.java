package io.gatehouse.store.redis;

import io.gatehouse.common.codec.RecordCodec;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Codes.Take;
import io.gatehouse.common.model.AuthorizationCode;
import io.gatehouse.store.CodeRules;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A hash for each code: the encoded row, whose client may present it, and when it first did. Times that decide are in
 * the row; the life of the key only collects garbage, some minutes later.
 */
final class CodeTable {
    private static final Duration SLACK = Duration.ofMinutes(10);

    private static final String ROW = "row";
    /** Of a code of a session: a node that would not look at the session finds no row. */
    private static final String SESSION_ROW = "session_row";

    /** Says 0 where there is such a code already. KEYS: the code. ARGV: row, client, life in milliseconds, field of the row. */
    private static final Script WRITE = Script.of("""
            if redis.call('EXISTS', KEYS[1]) == 1 then
              return 0
            end
            redis.call('HSET', KEYS[1], ARGV[4], ARGV[1], 'client', ARGV[2])
            return redis.call('PEXPIRE', KEYS[1], ARGV[3])
            """);

    /**
     * Marks a code as presented, if its own client presents it, and gives it as it was before: the row, and when it had
     * been presented, if it had.
     *
     * <p>KEYS: the code. ARGV: client, now in milliseconds.
     */
    private static final Script PRESENT = Script.of("""
            local code = redis.call('HMGET', KEYS[1], 'row', 'client', 'taken', 'session_row')
            local row = code[1] or code[4]
            if not row then
              return false
            end
            if not code[3] then
              if code[2] == ARGV[1] then
                redis.call('HSET', KEYS[1], 'taken', ARGV[2])
              end
              return {row}
            end
            return {row, code[3]}
            """);

    private final Link link;
    private final Keyspace names;

    CodeTable(Link link, Keyspace names) {
        this.link = link;
        this.names = names;
    }

    /** @return fails with {@code Conflict} where it is there already, also a spent one */
    Future<?> write(AuthorizationCode code, Instant now) {
        Duration life = Duration.between(now, code.expiresAt().plus(CodeRules.TOMBSTONE))
                .plus(SLACK);
        return WRITE.run(
                        link::send,
                        List.of(names.code(code.tenant(), code.id())),
                        List.of(
                                RecordCodec.encode(code).toArray(),
                                Script.text(code.clientId()),
                                Script.number(Math.max(1, life.toMillis())),
                                Script.text(code.sessionId() == null ? ROW : SESSION_ROW)))
                .compose(written -> Objects.requireNonNull(written).toInteger() == 1
                        ? Future.succeededFuture()
                        : Future.failedFuture(new OAuthError.Conflict("code").failure()));
    }

    /**
     * Presents a code in the name of a client: one that is not the code's changes nothing.
     *
     * @return the code as it was before; null: there is none
     */
    Future<@Nullable AuthorizationCode> present(Take request, String clientId, Instant now) {
        return PRESENT.run(
                        link::send,
                        List.of(names.code(request.tenant(), request.code())),
                        List.of(Script.text(clientId), Script.number(now.toEpochMilli())))
                .map(CodeTable::read);
    }

    private static @Nullable AuthorizationCode read(@Nullable Response found) {
        if (found == null) {
            return null;
        }
        AuthorizationCode code = RecordCodec.decode(Bytes.owned(found.get(0).toBytes()), AuthorizationCode.class);
        return found.size() == 1
                ? code
                : code.taken(Instant.ofEpochMilli(Long.parseLong(found.get(1).toString())));
    }
}
