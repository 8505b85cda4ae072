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
 */
public record Visit(OriginalRequest request, Exchange exchange, boolean direct) {
    /** The sender's; null where it shows none, or where the connection is a proxy's. */
    @Nullable
    ShownCertificate certificate() {
        return direct ? exchange.certificate() : null;
    }
}
