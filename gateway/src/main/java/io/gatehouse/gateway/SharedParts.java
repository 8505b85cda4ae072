package io.gatehouse.gateway;

import io.gatehouse.common.bus.ApplicationDoor;
import io.gatehouse.common.config.GatehouseConfig;
import io.gatehouse.gateway.oauth.CertificateChains;
import io.gatehouse.gateway.oauth.Knowledge;
import io.gatehouse.gateway.proxy.Routes;
import io.gatehouse.gateway.proxy.rate.LocalLimits;
import io.gatehouse.gateway.proxy.upstream.Ledger;
import io.gatehouse.gateway.tls.ListenerTls;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway's event loops of one process have in common.
 *
 * @param demo answers loopback Host headers only
 * @param tls null: plain HTTP
 * @param ledger how the services behind the routes do
 * @param limits what is counted in this process
 * @param applications that ask over the event bus
 */
record SharedParts(
        GatehouseConfig config,
        boolean demo,
        Clock clock,
        Knowledge knowledge,
        @Nullable ListenerTls tls,
        Routes routes,
        Ledger ledger,
        LocalLimits limits,
        ApplicationDoor applications) {
    /** Whom certificates of clients may come from. */
    CertificateChains chains() {
        return tls == null ? CertificateChains.NONE : tls;
    }
}
