package io.gatehouse.gateway.page;

import io.gatehouse.common.crypto.Base64Url;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.Reply;
import org.jspecify.annotations.Nullable;

/** The cookie that tells one browser from another before anybody logs in: 18 random bytes, base64url. */
public final class BrowserCookie {
    private static final int BYTES = 18;
    private static final int LENGTH = 24;

    private final CookieFormat format;

    /** @param issuer of the default tenant */
    public BrowserCookie(String issuer) {
        this(issuer, "gatehouse-browser");
    }

    /** One of another name. */
    BrowserCookie(String issuer, String name) {
        this.format = new CookieFormat(issuer, name);
    }

    /** Null where it shows none, so that no page of ours can have been shown to it. */
    public @Nullable Browser find(Exchange exchange) {
        String value = exchange.cookie(format.name(exchange.tenant()));
        Bytes bytes = value == null || value.length() != LENGTH ? null : Base64Url.decode(value);
        return bytes == null ? null : new Browser(Digest.of(bytes), null);
    }

    /** The one that asks for a page, known or new. */
    public Browser of(Exchange exchange) {
        Browser known = find(exchange);
        return known == null ? fresh(exchange.tenant()) : known;
    }

    Reply remove(Exchange exchange, Reply reply) {
        return reply.with("Set-Cookie", format.removed(exchange.tenant()));
    }

    private Browser fresh(String tenant) {
        Bytes value = Entropy.bytes(BYTES);
        return new Browser(Digest.of(value), format.set(tenant, value.base64Url()));
    }
}
