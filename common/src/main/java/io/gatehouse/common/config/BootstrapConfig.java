package io.gatehouse.common.config;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Configuration as code, as plain data; what it means is decided by the node that applies it.
 *
 * @param tenants tenants beside the default one, and what the default one has besides its id
 * @param clients OAuth clients
 * @param users people who log in
 * @param jwtApps applications that take JWTs about users
 */
public record BootstrapConfig(
        @Key(doc = "Tenants. The default tenant, main, needs no entry.")
        List<BootstrapTenant> tenants,

        @Key(doc = "Clients, by the names of RFC 7591.") List<BootstrapClient> clients,
        @Key(doc = "Users.") List<BootstrapUser> users,

        @Key(doc = "Applications that take JWTs about users, signed with a key of their own.")
        List<JwtAppConfig> jwtApps)
        implements Checked {

    /** The default tenant, which always exists. */
    public static final String MAIN_TENANT = "main";

    /** Copies its lists. */
    public BootstrapConfig {
        tenants = List.copyOf(tenants);
        clients = List.copyOf(clients);
        users = List.copyOf(users);
        jwtApps = List.copyOf(jwtApps);
    }

    /** Whether nothing is declared. */
    public boolean isEmpty() {
        return tenants.isEmpty() && clients.isEmpty() && users.isEmpty() && jwtApps.isEmpty();
    }

    @Override
    public void check(Rules rules) {
        once(rules, "tenants", tenants.stream().map(tenant -> "the tenant " + tenant.id()));
        once(
                rules,
                "clients",
                clients.stream().map(client -> "the client_id " + client.clientId() + " of tenant " + client.tenant()));
        once(
                rules,
                "users",
                users.stream()
                        .map(user -> "the username " + user.username().toLowerCase(Locale.ROOT) + " of tenant "
                                + user.tenant()));
        once(rules, "jwt_apps", jwtApps.stream().map(app -> "the name " + app.name() + " of tenant " + app.tenant()));
        List<String> apikeys = tenants.stream()
                .flatMap(tenant -> Stream.ofNullable(tenant.apikey()))
                .toList();
        if (Set.copyOf(apikeys).size() < apikeys.size()) {
            rules.report("tenants", "gives two tenants the same apikey: make another");
        }
        known(rules, "clients", clients.stream().map(BootstrapClient::tenant));
        known(rules, "users", users.stream().map(BootstrapUser::tenant));
        known(rules, "jwt_apps", jwtApps.stream().map(JwtAppConfig::tenant));
        JwtAppWalls.besideClients(this, rules);
    }

    private static void once(Rules rules, String key, Stream<String> names) {
        Set<String> seen = new HashSet<>();
        names.filter(name -> !seen.add(name))
                .forEach(name -> rules.report(key, "lists " + name + " twice: keep one entry"));
    }

    private void known(Rules rules, String key, Stream<String> used) {
        Set<String> ids = tenants.stream().map(BootstrapTenant::id).collect(Collectors.toSet());
        ids.add(MAIN_TENANT);
        used.filter(id -> !ids.contains(id))
                .forEach(id -> rules.report(key, "names the tenant " + id + ", which bootstrap.tenants doesn't list"));
    }
}
