package io.gatehouse.gateway.page;

import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.Reply;
import org.jspecify.annotations.Nullable;

/** The cookies of ours at the host of a service. What is behind the door never gets them. */
public final class ServiceCookies {
    private final CookieFormat session;
    private final BrowserCookie nonces;

    /** @param issuer of the default tenant, whose scheme is the services' as well */
    public ServiceCookies(String issuer) {
        this.session = new CookieFormat(issuer, "gatehouse-service");
        this.nonces = new BrowserCookie(issuer, "gatehouse-nonce");
    }

    /** The sealed session; null where none is shown. */
    public @Nullable String session(Exchange exchange, String tenant) {
        return exchange.cookie(sessionName(tenant));
    }

    /** The name of the cookie that holds the sealed session. */
    public String sessionName(String tenant) {
        return session.name(tenant);
    }

    /** The value of a Set-Cookie header. */
    public String keeping(String tenant, String box) {
        return session.set(tenant, box);
    }

    /** Tells the browser that begins a login from another one that is sent its end. */
    public Browser nonce(Exchange exchange) {
        return nonces.of(exchange);
    }

    @Nullable
    Browser shownNonce(Exchange exchange) {
        return nonces.find(exchange);
    }

    Reply withoutNonce(Exchange exchange, Reply reply) {
        return nonces.remove(exchange, reply);
    }
}
