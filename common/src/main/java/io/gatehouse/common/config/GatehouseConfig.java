package io.gatehouse.common.config;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration of a node, complete and checked: immutable, and free of secrets in its text form.
 *
 * @param issuer the default tenant's issuer without a final slash, or null: {@link #issuerAt} derives it
 * @param server the public listener
 * @param management the listener for health
 * @param roles what this node does; at least one, none twice
 * @param store where durable records live
 * @param tokens lifetimes and algorithms
 * @param limits throttles
 * @param sessions lifetimes of browser sessions
 * @param httpClient where requests to others may go
 * @param bootstrap what a start creates
 * @param keys how private keys are sealed
 * @param revocation how fast a revocation arrives
 * @param log what is logged, and how
 * @param scopes what scopes allow, in words; none twice
 * @param authorizationDetails types of authorization details; none twice
 * @param resources services whose metadata is told here; none twice
 * @param routes who may send requests to services behind the front door; the first that matches counts
 * @param forwardAuth how a proxy in front asks
 * @param applications that ask over the event bus
 * @param cluster how this node and others work as one
 */
public record GatehouseConfig(
        @Key(doc = """
                        The issuer of the default tenant: the URL that clients know this server by, and the
                        `iss` of its tokens. https, or http on a loopback host; no query, no fragment; a final
                        slash is dropped. Default: http (https with server.tls), server.host and server.port, when that host is loopback
                        and this node runs the gateway; required otherwise, except on a node that only stores.""") @Nullable URI issuer,

        @Key(doc = "The public listener: every path that clients and browsers use.")
        ServerConfig server,

        @Key(doc = "The management listener: health. Keep it away from the outside.")
        ManagementConfig management,

        @Key(doc = "What this node does.", defaultValue = "gateway, token, store")
        List<Role> roles,

        @Key(doc = "Where clients, users, grants and keys are stored.", onlyFor = Role.STORE)
        StoreConfig store,

        @Key(doc = "Tokens: lifetimes, algorithm, audience.")
        TokensConfig tokens,

        @Key(doc = """
                        Throttles, written limit/window, for example 10/PT15M: ten in fifteen minutes. `off` or
                        0 is no limit. A success doesn't count as a failure and doesn't reset one.""") LimitsConfig limits,

        @Key(doc = "Browser sessions, of the login pages.") SessionsConfig sessions,

        @Key(doc = "Requests that this server makes to URLs of clients, such as those of back-channel logout.")
        HttpClientConfig httpClient,

        @Key(doc = """
                        Configuration as code: a start creates what is missing here and updates what is
                        declared. It never touches passwords, locks or secrets that were changed since. Read by
                        nodes with the role token only; any other refuses to start with it.""", onlyFor = Role.TOKEN, walled = true) BootstrapConfig bootstrap,

        @Key(doc = "How private keys and shared secrets are sealed in the store.", onlyFor = Role.TOKEN)
        KeysConfig keys,

        @Key(doc = "How revocations reach every node.") RevocationConfig revocation,
        @Key(doc = "The log, on standard output.") LogConfig log,

        @Key(doc = """
                        What scopes of your own allow, as people read it on the consent, device and account pages.
                        Read by nodes with the role gateway. A scope without an entry is shown by its name, but for
                        those of OpenID Connect.""") List<ScopeConfig> scopes,

        @Key(doc = """
                        Types of authorization details (RFC 9396) that clients may ask for, where their
                        authorization_details_types name them. Read by nodes with the role gateway. A type that is
                        not declared here is refused.""") List<AuthorizationDetailConfig> authorizationDetails,

        @Key(doc = """
                        Services that take tokens of this server: what clients must know to call them (RFC 9728). Read by nodes
                        with the role gateway.""") List<ResourceConfig> resources,

        @Key(doc = """
                        The front door: who may send requests to the services behind it. The first route that matches counts; what
                        none covers is refused. Read by nodes with the role gateway.""") List<RouteConfig> routes,

        @Key(doc = """
                        The sub-requests of nginx, Traefik, Caddy, Envoy and HAProxy, which ask at /forward-auth whether a request
                        may go on.""", onlyFor = Role.GATEWAY) ForwardAuthConfig forwardAuth,

        @Key(doc = """
                        Other Vert.x applications that ask over the event bus, each with a name and a secret of its own.""", onlyFor = Role.GATEWAY) List<ApplicationConfig> applications,

        @Key(doc = "Several nodes that work as one: how they find each other and whom they trust.")
        ClusterConfig cluster)
        implements Checked {

    /** Drops the issuer's final slash: issuers are compared letter by letter, and ours are joined with paths. */
    public GatehouseConfig {
        roles = List.copyOf(roles);
        scopes = List.copyOf(scopes);
        authorizationDetails = List.copyOf(authorizationDetails);
        resources = List.copyOf(resources);
        routes = List.copyOf(routes);
        applications = List.copyOf(applications);
        issuer = issuer == null ? null : Issuers.withoutFinalSlash(issuer);
    }

    /** Whether this node runs the role. */
    public boolean runs(Role role) {
        return roles.contains(role);
    }

    /**
     * The issuer of the default tenant, once the public listener's port is known.
     *
     * @param port the port that the server really listens on; used only when no issuer is configured
     */
    public URI issuerAt(int port) {
        return issuer == null ? Issuers.derived(server.scheme(), server.host(), port) : issuer;
    }

    /** The configuration as YAML text with every secret and personal value masked; for logs and support. */
    public String masked() {
        return ConfigDump.render(this);
    }

    @Override
    public void check(Rules rules) {
        rules.require(!roles.isEmpty(), "roles", "name at least one role: gateway, token or store");
        rules.require(Set.copyOf(roles).size() == roles.size(), "roles", "name each role once");
        checkIssuer(rules);
        checkSecretsOfRoles(rules);
        rules.require(
                management.port() == 0
                        || management.port() != server.port()
                        || !management.host().equals(server.host()),
                "management.port",
                "is the same as server.port: give each listener its own port",
                "server");
        JwtAppWalls.besideIssuers(this, rules);
        CertificateRules.besideListener(this, rules);
        ForwardAuthConfig.besideListener(this, rules);
        checkTwice("scopes", scopes.stream().map(ScopeConfig::name), rules);
        DetailTypeRules.check(this, rules);
        RouteRules.check(this, rules);
        checkTwice("resources", resources.stream().map(ResourceConfig::resource), rules);
    }

    private void checkIssuer(Rules rules) {
        if (issuer == null) {
            rules.require(issuerIsDerived() || !issuerIsNeeded(), "issuer", issuerIsMissing(), "roles", "server.host");
            return;
        }
        rules.refuse(Issuers.flaw(issuer), "issuer");
        rules.require(
                server.tls() == null || "https".equals(issuer.getScheme()),
                "issuer",
                "is http, but server.tls is set: write https, as clients reach the server by it",
                "server.tls");
    }

    /** Here, since a node without the role doesn't read the secret. */
    private void checkSecretsOfRoles(Rules rules) {
        rules.require(
                !runs(Role.STORE) || store.kind() != StoreConfig.Kind.POSTGRES || store.uri() != null,
                "store.uri",
                "is required for store.kind: postgres: give " + PostgresUri.FORM,
                "roles",
                "store.kind");
        rules.require(
                !cluster.enabled() || !(runs(Role.STORE) || runs(Role.TOKEN)) || cluster.attestationKey() != null,
                "cluster.attestation_key",
                "is required on a member with the role store or token: give all of them the same 32 random bytes in base64"
                        + " (openssl rand -base64 32), best as file:PATH",
                "roles",
                "cluster.enabled");
    }

    private static void checkTwice(String key, Stream<String> names, Rules rules) {
        Set<String> seen = new HashSet<>();
        names.filter(name -> !seen.add(name))
                .forEach(name -> rules.report(key, "lists " + name + " twice: keep one entry"));
    }

    /** The issuer, or null where it is known only once the listener's port is. */
    @Nullable
    URI knownIssuer() {
        boolean derived = issuer == null && issuerIsDerived() && server.port() != 0;
        return derived ? issuerAt(server.port()) : issuer;
    }

    private boolean issuerIsNeeded() {
        return runs(Role.GATEWAY) || runs(Role.TOKEN);
    }

    // Without the gateway here, server.host says nothing about where clients find the gateway.
    private boolean issuerIsDerived() {
        return runs(Role.GATEWAY) && server.onLoopback();
    }

    private String issuerIsMissing() {
        String reason = runs(Role.GATEWAY)
                ? "is required because server.host (" + server.host() + ") is not loopback"
                : "is required because this node doesn't run the gateway";
        return reason + ": give the URL that clients use, such as https://login.example.org";
    }
}
