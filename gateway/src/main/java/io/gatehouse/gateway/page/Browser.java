package io.gatehouse.gateway.page;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.gateway.http.Reply;
import org.jspecify.annotations.Nullable;

/**
 * The browser that a page is shown to: what is sealed for one can't be sent by another.
 *
 * @param digest of its cookie's value
 * @param cookie Set-Cookie for one that had none; null: it has one
 */
public record Browser(Digest digest, @Nullable String cookie) {
    /** The reply that shows it the page. */
    Reply marked(Reply reply) {
        return cookie == null ? reply : reply.with("Set-Cookie", cookie);
    }
}
