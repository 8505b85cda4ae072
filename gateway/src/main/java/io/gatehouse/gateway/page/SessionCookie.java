package io.gatehouse.gateway.page;

import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.SessionToken;
import org.jspecify.annotations.Nullable;

/** The cookie that stands for a browser session. It is set by a login and by nothing else, each time with a new secret. */
public final class SessionCookie {
    private final CookieFormat format;

    /** @param issuer of the default tenant */
    public SessionCookie(String issuer) {
        this.format = new CookieFormat(issuer, "gatehouse-session");
    }

    /** What the browser shows; null: nothing that could be a session's. */
    public @Nullable SessionToken read(Exchange exchange) {
        String value = exchange.cookie(format.name(exchange.tenant()));
        return value == null ? null : SessionToken.parse(value);
    }

    public Reply set(Reply reply, String tenant, SessionToken token) {
        return reply.with("Set-Cookie", format.set(tenant, token.encode().reveal()));
    }

    public Reply remove(Reply reply, String tenant) {
        return reply.with("Set-Cookie", format.removed(tenant));
    }
}
