package io.gatehouse.common.config;

import java.util.HashSet;
import java.util.Set;

/** What must fit between the types of authorization details and who names them. */
final class DetailTypeRules {
    private static final String KEY = "authorization_details";

    private DetailTypeRules() {}

    static void check(GatehouseConfig config, Rules rules) {
        Set<String> types = new HashSet<>();
        config.authorizationDetails().stream()
                .map(AuthorizationDetailConfig::type)
                .filter(type -> !types.add(type))
                .forEach(type -> rules.report(KEY, "lists " + type + " twice: keep one entry"));
        // Elsewhere the other half of it is another node's.
        if (config.runs(Role.GATEWAY) && config.runs(Role.TOKEN)) {
            config.bootstrap().clients().stream()
                    .flatMap(client -> client.authorizationDetailsTypes().stream())
                    .distinct()
                    .filter(type -> !types.contains(type))
                    .forEach(type -> rules.require(
                            false,
                            KEY,
                            "lacks the type " + Problems.quote(type) + ", which a client of bootstrap.clients names:"
                                    + " declare it, or remove it there",
                            "bootstrap"));
        }
    }
}
