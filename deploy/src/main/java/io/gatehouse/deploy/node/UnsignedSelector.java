package io.gatehouse.deploy.node;

import io.gatehouse.common.config.BootstrapClient;
import io.gatehouse.common.config.GatehouseConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clients whose JWT may leave the user to the request beside it. Where an answer goes to a redirect URI the request came
 * from a browser, and whoever sits there can name another user.
 */
final class UnsignedSelector {
    private static final Logger LOG = LoggerFactory.getLogger(UnsignedSelector.class);

    private UnsignedSelector() {}

    /** Warns once for each of them. */
    static void check(GatehouseConfig config) {
        config.bootstrap().clients().stream()
                .filter(UnsignedSelector::isOneOf)
                .forEach(client -> LOG.atWarn()
                        .addKeyValue("client", client.clientId())
                        .addKeyValue("tenant", client.tenant())
                        .log("a login by JWT with a redirect_uri names its user where the user can change it:"
                                + " set jwt_login.require_signed_selector"));
    }

    private static boolean isOneOf(BootstrapClient client) {
        return client.jwtLogin() != null
                && !client.jwtLogin().requireSignedSelector()
                && !client.redirectUris().isEmpty();
    }
}
