package io.gatehouse.gateway.proxy;

import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.oauth.ShownCertificate;
import org.jspecify.annotations.Nullable;

/**
 * One request at the door.
 *
 * @param request as its sender made it
 * @param exchange with what it shows: headers, cookies; of a proxy in front that asks, those that it copied
 * @param direct whether the sender's own connection ends here; otherwise a proxy's does
 * @param scheme by which its sender made it, as the proxy says; null: the proxy does not say, or there is none
 */
public record Visit(
        OriginalRequest request,
        Exchange exchange,
        boolean direct,
        @Nullable String scheme) {
    /** Of which no proxy says anything. */
    public Visit(OriginalRequest request, Exchange exchange, boolean direct) {
        this(request, exchange, direct, null);
    }

    /** The sender's; null where it shows none, or where the connection is a proxy's. */
    @Nullable
    ShownCertificate certificate() {
        return direct ? exchange.certificate() : null;
    }

    /** Whether its sender made it by http, or by https: of a proxy that does not say, by https. */
    boolean isBy(String wanted) {
        if (direct) {
            // Where this is no TLS, it may end in front.
            return wanted.equals("https") || (wanted.equals("http") && !exchange.isTls());
        }
        return wanted.equals(scheme == null ? "https" : scheme);
    }
}
