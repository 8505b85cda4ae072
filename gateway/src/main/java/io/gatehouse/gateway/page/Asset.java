package io.gatehouse.gateway.page;

import io.gatehouse.gateway.http.Reply;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Files that lie beside the pages' classes. They are read when we start, never later. */
final class Asset {
    private Asset() {}

    static String read(String name) {
        try (InputStream in = Asset.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the build lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param maxAge seconds for which anybody may keep it */
    static Reply reply(String mediaType, String text, int maxAge) {
        return new Reply(
                200,
                List.of(
                        new Reply.Header(HttpHeaders.CONTENT_TYPE, mediaType),
                        new Reply.Header(HttpHeaders.CACHE_CONTROL, "public, max-age=" + maxAge),
                        new Reply.Header("X-Content-Type-Options", "nosniff")),
                Buffer.buffer(text));
    }
}
