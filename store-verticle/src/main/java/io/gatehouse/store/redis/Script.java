package io.gatehouse.store.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Redis does in one step. A script touches the keys it is given only, all of one slot, and knows no time but the
 * one it is told.
 */
final class Script {
    private final String text;
    private final String sha;

    private Script(String text) {
        this.text = text;
        this.sha = sha(text);
    }

    /** @param text in Lua */
    static Script of(String text) {
        return new Script(text);
    }

    /** Sends its digest, and its text where the server doesn't know it (any more). */
    Future<@Nullable Response> run(Link.Wire wire, List<String> keys, List<byte[]> arguments) {
        return wire.send(request(Command.EVALSHA, sha, keys, arguments))
                .recover(cause -> Faults.isUnknownScript(cause)
                        ? wire.send(request(Command.EVAL, text, keys, arguments))
                        : Future.failedFuture(cause));
    }

    /** As an argument. */
    static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    /** As an argument. */
    static byte[] number(long value) {
        return text(Long.toString(value));
    }

    private static Request request(Command command, String script, List<String> keys, List<byte[]> arguments) {
        Request request = Request.cmd(command).arg(script).arg(keys.size());
        keys.forEach(request::arg);
        arguments.forEach(request::arg);
        return request;
    }

    private static String sha(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text(text)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
