package io.gatehouse.deploy.node;

import io.gatehouse.common.config.BootstrapClient;
import io.gatehouse.common.config.GatehouseConfig;
import io.gatehouse.common.config.JwtLoginConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clients whose JWT needs no time and no user: one such JWT, once seen, logs in the administrator for ever. For trying
 * out.
 */
final class UndatedAdministrator {
    private static final Logger LOG = LoggerFactory.getLogger(UndatedAdministrator.class);

    private UndatedAdministrator() {}

    /**
     * Warns in the demo.
     *
     * @throws StartFailure outside the demo, where there is such a client
     */
    static void check(GatehouseConfig config, boolean demo) {
        List<String> clients = clients(config);
        if (clients.isEmpty()) {
            return;
        }
        if (!demo) {
            throw new StartFailure("jwt_login of client " + String.join(", ", clients)
                    + " has allow_undated and allow_administrator: whoever sees one JWT would be the administrator"
                    + " for ever. Set one of them to false (both are for --demo only)");
        }
        LOG.atWarn()
                .addKeyValue("clients", String.join(", ", clients))
                .log("a JWT without time and user logs in the administrator: a demo may, nothing else should");
    }

    private static List<String> clients(GatehouseConfig config) {
        return config.bootstrap().clients().stream()
                .filter(client -> hasBoth(client.jwtLogin()))
                .map(BootstrapClient::clientId)
                .toList();
    }

    private static boolean hasBoth(@Nullable JwtLoginConfig login) {
        return login != null && login.allowUndated() && login.allowAdministrator();
    }
}
