package io.gatehouse.gateway;

import io.gatehouse.common.bus.ApplicationDoor;
import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.config.AuthorizationDetailConfig;
import io.gatehouse.common.config.FamiliesConfig;
import io.gatehouse.common.config.GatehouseConfig;
import io.gatehouse.common.config.ResourceConfig;
import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.gateway.bus.ApplicationOperations;
import io.gatehouse.gateway.client.FetchedKeySets;
import io.gatehouse.gateway.client.GuardedHttpClient;
import io.gatehouse.gateway.compat.BabelBirdApi;
import io.gatehouse.gateway.compat.LoginApi;
import io.gatehouse.gateway.compat.LoginRadiusApi;
import io.gatehouse.gateway.endpoint.DeviceAuthorizationEndpoint;
import io.gatehouse.gateway.endpoint.IntrospectionEndpoint;
import io.gatehouse.gateway.endpoint.JwksEndpoint;
import io.gatehouse.gateway.endpoint.JwtAppJwksEndpoint;
import io.gatehouse.gateway.endpoint.MetadataEndpoint;
import io.gatehouse.gateway.endpoint.ProtectedResourceEndpoint;
import io.gatehouse.gateway.endpoint.PushedRequestEndpoint;
import io.gatehouse.gateway.endpoint.RegistrationEndpoint;
import io.gatehouse.gateway.endpoint.RevocationEndpoint;
import io.gatehouse.gateway.endpoint.TokenEndpoint;
import io.gatehouse.gateway.endpoint.UserinfoEndpoint;
import io.gatehouse.gateway.http.ErrorStyle;
import io.gatehouse.gateway.http.Mount;
import io.gatehouse.gateway.http.OAuthErrors;
import io.gatehouse.gateway.http.PublicServer;
import io.gatehouse.gateway.logout.LogoutDelivery;
import io.gatehouse.gateway.oauth.CertificateChains;
import io.gatehouse.gateway.oauth.ClientKeySets;
import io.gatehouse.gateway.oauth.Knowledge;
import io.gatehouse.gateway.oauth.LogoutTokens;
import io.gatehouse.gateway.oauth.Protocol;
import io.gatehouse.gateway.oauth.ProtocolSettings;
import io.gatehouse.gateway.page.AccountPages;
import io.gatehouse.gateway.page.AuthorizationPages;
import io.gatehouse.gateway.page.DevicePages;
import io.gatehouse.gateway.page.EndSessionPages;
import io.gatehouse.gateway.page.HandoverPage;
import io.gatehouse.gateway.page.PageParts;
import io.gatehouse.gateway.page.ServicePages;
import io.gatehouse.gateway.proxy.ForwardAuthEndpoint;
import io.gatehouse.gateway.proxy.FrontDoor;
import io.gatehouse.gateway.proxy.Routes;
import io.gatehouse.gateway.proxy.SessionHosts;
import io.gatehouse.gateway.proxy.forward.ReverseProxy;
import io.gatehouse.gateway.proxy.rate.LocalLimits;
import io.gatehouse.gateway.proxy.rate.RequestLimits;
import io.gatehouse.gateway.proxy.upstream.Ledger;
import io.gatehouse.gateway.proxy.upstream.Pools;
import io.gatehouse.gateway.request.FetchedDocuments;
import io.gatehouse.gateway.request.FetchedObjects;
import io.gatehouse.gateway.tls.ListenerTls;
import io.gatehouse.gateway.tls.MutualTls;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The HTTP side of one event loop. {@link #mounts} is the table of contents: every endpoint in one list. */
public final class GatewayVerticle extends VerticleBase {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** How often the files of TLS are looked at. */
    private static final long LOOK_MILLIS = 10_000;

    private final Bus bus;
    private final GatehouseConfig config;
    private final boolean demo;
    private final Clock clock;
    private final Knowledge knowledge;
    private final @Nullable ListenerTls tls;
    private final Routes routes;
    private final Ledger ledger;
    private final LocalLimits limits;
    private final ApplicationDoor applications;
    private final boolean first;
    private @Nullable PublicServer server;
    private @Nullable LogoutDelivery logouts;
    private @Nullable ReverseProxy proxy;
    private int port;

    /**
     * @param tls null: plain HTTP
     * @param routes of all event loops
     * @param ledger of all event loops
     * @param limits what all event loops count together
     * @param applications likewise
     * @param first whether this is the loop that does what a process does once: it tells clients of ended sessions, and looks after the files
     *     of TLS
     */
    GatewayVerticle(
            Bus bus,
            GatehouseConfig config,
            boolean demo,
            Clock clock,
            Knowledge knowledge,
            @Nullable ListenerTls tls,
            Routes routes,
            Ledger ledger,
            LocalLimits limits,
            ApplicationDoor applications,
            boolean first) {
        this.bus = bus;
        this.config = config;
        this.demo = demo;
        this.clock = clock;
        this.knowledge = knowledge;
        this.tls = tls;
        this.routes = routes;
        this.ledger = ledger;
        this.limits = limits;
        this.applications = applications;
        this.first = first;
    }

    private List<Mount> mounts(Protocol protocol, PageParts parts, FrontDoor door, String issuer) {
        List<Mount> mounts = described(protocol, parts, door, issuer);
        Set<String> paths = mounts.stream().map(Mount::path).collect(Collectors.toSet());
        MetadataEndpoint metadata = new MetadataEndpoint(
                issuer,
                protocol.tokens().grantTypes(),
                paths,
                protocol.authorizationDetailsTypes(),
                MutualTls.methods(config.server().tls()),
                tenant -> knowledge.tenants().find(bus, tenant));
        ErrorStyle oauth = new OAuthErrors();
        return Stream.concat(
                        mounts.stream(),
                        Stream.of(
                                Mount.get("/.well-known/oauth-authorization-server", oauth, metadata)
                                        .fromAnywhere(),
                                Mount.get("/.well-known/openid-configuration", oauth, metadata)
                                        .fromAnywhere()))
                .toList();
    }

    /** All that metadata may promise. */
    private List<Mount> described(Protocol protocol, PageParts parts, FrontDoor door, String issuer) {
        FamiliesConfig families = config.tokens().families();
        AuthorizationPages pages = new AuthorizationPages(protocol, parts);
        return Stream.of(
                        standard(protocol, issuer),
                        pages.mounts(),
                        new DevicePages(protocol, parts).mounts(),
                        new AccountPages(protocol, parts).mounts(),
                        new EndSessionPages(protocol, parts).mounts(),
                        new HandoverPage(protocol, parts).mounts(),
                        new ServicePages(protocol, parts).mounts(),
                        new UserinfoEndpoint(protocol.userinfo(), protocol.dpopNonces(), issuer).mounts(),
                        new RegistrationEndpoint(protocol.registration(), issuer).mounts(),
                        new ProtectedResourceEndpoint(
                                        issuer,
                                        config.resources().stream()
                                                .map(ResourceConfig::described)
                                                .toList(),
                                        MutualTls.isOn(config.server().tls()))
                                .mounts(),
                        ForwardAuthEndpoint.mounts(
                                config.forwardAuth(), tls == null ? CertificateChains.NONE : tls, clock, door),
                        vendor(families.login().enabled(), new LoginApi(protocol).mounts()),
                        vendor(
                                families.babelbird().enabled(),
                                new BabelBirdApi(protocol, families.babelbird().codeTtl(), pages).mounts()),
                        vendor(
                                families.loginradius().enabled(),
                                new LoginRadiusApi(
                                                protocol,
                                                apikey -> knowledge.tenants().byApikey(bus, apikey))
                                        .mounts()))
                .flatMap(mounts -> mounts)
                .toList();
    }

    private Stream<Mount> standard(Protocol protocol, String issuer) {
        ErrorStyle oauth = new OAuthErrors();
        return Stream.of(
                Mount.post("/oauth2/token", oauth, new TokenEndpoint(protocol.tokens(), protocol.dpopNonces()))
                        .fromAnywhere(),
                Mount.post(
                                "/oauth2/par",
                                oauth,
                                new PushedRequestEndpoint(
                                        protocol.pushedRequests(), protocol.documentedClients(), protocol.dpopNonces()))
                        .fromAnywhere(),
                Mount.post(
                        "/oauth2/device_authorization",
                        oauth,
                        new DeviceAuthorizationEndpoint(protocol.clients(), protocol.deviceAuthorization(), issuer)),
                Mount.post(
                        "/oauth2/introspect",
                        oauth,
                        new IntrospectionEndpoint(protocol.clients(), protocol.introspection())),
                Mount.post("/oauth2/revoke", oauth, new RevocationEndpoint(protocol.clients(), protocol.revocation())),
                Mount.get(
                                "/oauth2/jwks",
                                oauth,
                                new JwksEndpoint(tenant -> knowledge.keys().find(bus, tenant)))
                        .fromAnywhere(),
                Mount.get("/jwt/{app}/jwks", oauth, new JwtAppJwksEndpoint(protocol.jwtApps()))
                        .fromAnywhere());
    }

    private Duration codeLife(TokenFamily family) {
        return family == TokenFamily.BABELBIRD
                ? config.tokens().families().babelbird().codeTtl()
                : config.tokens().codeTtl();
    }

    private static Stream<Mount> vendor(boolean enabled, Stream<Mount> mounts) {
        return enabled ? mounts : Stream.empty();
    }

    @Override
    public Future<?> start() {
        return tls == null ? listen() : tls.open(vertx).compose(opened -> listen());
    }

    private Future<?> listen() {
        String issuer = config.issuerAt(config.server().port()).toString();
        Protocol protocol = new Protocol(
                vertx,
                bus,
                knowledge,
                clock,
                settings(issuer),
                keySets(),
                new FetchedObjects(
                        new GuardedHttpClient(vertx, config.httpClient().allow())),
                FetchedDocuments.by(new GuardedHttpClient(vertx, List.of())),
                tls == null ? CertificateChains.NONE : tls);
        PageParts parts = PageParts.of(
                bus,
                clock,
                issuer,
                tenant -> knowledge.tenants().find(bus, tenant),
                config.scopes(),
                config.authorizationDetails(),
                new SessionHosts(routes));
        FrontDoor door = FrontDoor.of(routes, protocol, parts, new RequestLimits(bus, limits, clock), clock);
        PublicServer created = PublicServer.create(
                vertx,
                config.server(),
                mounts(protocol, parts, door, issuer),
                tenant -> knowledge.tenants().find(bus, tenant),
                demo,
                parts.pages().errors(),
                config.log().access(),
                tls,
                proxy(door));
        server = created;
        return answerApplications(protocol, issuer)
                .compose(answered -> created.listen())
                .onSuccess(bound -> {
                    port = bound;
                    if (first) {
                        deliverLogouts();
                        renewLease();
                        watchFiles(created);
                    }
                });
    }

    private Future<Void> answerApplications(Protocol protocol, String issuer) {
        return applications.isOpen()
                ? bus.open(
                        applications,
                        new ApplicationOperations(
                                        bus,
                                        protocol,
                                        issuer,
                                        tenant -> knowledge.keys().find(bus, tenant))
                                .all())
                : Future.succeededFuture();
    }

    private ReverseProxy proxy(FrontDoor door) {
        ReverseProxy created = ReverseProxy.create(
                vertx,
                routes,
                door,
                new Pools(routes, ledger, System::nanoTime),
                config.server().idleTimeout(),
                tls == null ? null : tls.transportSecurity());
        proxy = created;
        return created;
    }

    private void renewLease() {
        vertx.setPeriodic(knowledge.lease().renewal().toMillis(), tick -> {
            Future<Void> unused = knowledge.lease().renew(bus);
        });
    }

    /** All loops of the process share one listener: what one of them is told counts for all. */
    private void watchFiles(PublicServer listener) {
        ListenerTls watched = tls;
        if (watched != null) {
            vertx.setPeriodic(LOOK_MILLIS, tick -> {
                Future<Void> unused = watched.look(vertx, listener::update);
            });
        }
    }

    private ProtocolSettings settings(String issuer) {
        return new ProtocolSettings(
                issuer,
                config.tokens().defaultAudience(),
                this::codeLife,
                config.tokens().pushedRequestTtl(),
                config.tokens().dpopNonce().equals("required"),
                config.authorizationDetails().stream()
                        .map(AuthorizationDetailConfig::declared)
                        .toList());
    }

    private ClientKeySets keySets() {
        return new FetchedKeySets(
                new GuardedHttpClient(vertx, config.httpClient().allow()), clock);
    }

    private void deliverLogouts() {
        LogoutDelivery delivery = new LogoutDelivery(
                vertx,
                bus,
                new LogoutTokens(bus, knowledge),
                new GuardedHttpClient(vertx, config.httpClient().allow()));
        logouts = delivery;
        delivery.start();
    }

    /** Where it listens, once started. */
    public int port() {
        return port;
    }

    @Override
    public Future<?> stop() {
        Future<?> delivered = logouts == null ? Future.succeededFuture() : logouts.stop();
        if (proxy != null) {
            proxy.leave();
        }
        Future<?> served = server == null ? Future.succeededFuture() : server.shutdown(PATIENCE);
        return Future.join(delivered, served)
                .eventually(() -> first ? knowledge.lease().end(bus) : Future.succeededFuture());
    }
}
