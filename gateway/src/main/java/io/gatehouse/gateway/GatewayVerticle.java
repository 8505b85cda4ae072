package io.gatehouse.gateway;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.config.AuthorizationDetailConfig;
import io.gatehouse.common.config.GatehouseConfig;
import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.gateway.bus.ApplicationOperations;
import io.gatehouse.gateway.client.FetchedKeySets;
import io.gatehouse.gateway.client.GuardedHttpClient;
import io.gatehouse.gateway.http.PublicServer;
import io.gatehouse.gateway.logout.LogoutDelivery;
import io.gatehouse.gateway.oauth.ClientKeySets;
import io.gatehouse.gateway.oauth.Knowledge;
import io.gatehouse.gateway.oauth.LogoutTokens;
import io.gatehouse.gateway.oauth.Protocol;
import io.gatehouse.gateway.oauth.ProtocolSettings;
import io.gatehouse.gateway.page.PageParts;
import io.gatehouse.gateway.proxy.FrontDoor;
import io.gatehouse.gateway.proxy.SessionHosts;
import io.gatehouse.gateway.proxy.forward.ReverseProxy;
import io.gatehouse.gateway.proxy.forward.Silence;
import io.gatehouse.gateway.proxy.rate.RequestLimits;
import io.gatehouse.gateway.proxy.upstream.Pools;
import io.gatehouse.gateway.request.FetchedDocuments;
import io.gatehouse.gateway.request.FetchedObjects;
import io.gatehouse.gateway.tls.ListenerTls;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The HTTP side of one event loop. {@link Endpoints} is its table of contents. */
public final class GatewayVerticle extends VerticleBase {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** How often the files of TLS are looked at. */
    private static final long LOOK_MILLIS = 10_000;
    /** How often the revocation log is asked for where it is silent. */
    private static final long BETWEEN_QUESTIONS_MILLIS = 250;

    private final Bus bus;
    private final SharedParts shared;
    private final GatehouseConfig config;
    private final Clock clock;
    private final Knowledge knowledge;
    private final @Nullable ListenerTls tls;
    private final boolean first;
    private @Nullable PublicServer server;
    private @Nullable LogoutDelivery logouts;
    private @Nullable ReverseProxy proxy;
    private int port;

    /**
     * @param first whether this is the loop that does what a process does once: it tells clients of ended sessions, renews the
     *     lease of a verifier, and looks after the files of TLS
     */
    GatewayVerticle(Bus bus, SharedParts shared, boolean first) {
        this.bus = bus;
        this.shared = shared;
        this.config = shared.config();
        this.clock = shared.clock();
        this.knowledge = shared.knowledge();
        this.tls = shared.tls();
        this.first = first;
    }

    private Duration codeLife(TokenFamily family) {
        return family == TokenFamily.BABELBIRD
                ? config.tokens().families().babelbird().codeTtl()
                : config.tokens().codeTtl();
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
                shared.chains());
        PageParts parts = PageParts.of(
                bus,
                clock,
                issuer,
                tenant -> knowledge.tenants().find(bus, tenant),
                config.scopes(),
                config.authorizationDetails(),
                new SessionHosts(shared.routes()));
        FrontDoor door =
                FrontDoor.of(shared.routes(), protocol, parts, new RequestLimits(bus, shared.limits(), clock), clock);
        PublicServer created = PublicServer.create(
                vertx,
                config.server(),
                new Endpoints(bus, shared, protocol, parts, issuer).all(door),
                tenant -> knowledge.tenants().find(bus, tenant),
                shared.demo(),
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
                        listenOn();
                        watchFiles(created);
                    }
                });
    }

    private Future<Void> answerApplications(Protocol protocol, String issuer) {
        return shared.applications().isOpen()
                ? bus.open(
                        shared.applications(),
                        new ApplicationOperations(
                                        bus,
                                        protocol,
                                        issuer,
                                        tenant -> knowledge.keys().find(bus, tenant),
                                        knowledge.revocations())
                                .all())
                : Future.succeededFuture();
    }

    private ReverseProxy proxy(FrontDoor door) {
        ReverseProxy created = ReverseProxy.create(
                vertx,
                shared.routes(),
                door,
                new Pools(shared.routes(), shared.ledger(), System::nanoTime),
                new Silence(config.server().idleTimeout(), config.server().streamIdleTimeout()),
                tls == null ? null : tls.transportSecurity());
        proxy = created;
        return created;
    }

    private void renewLease() {
        vertx.setPeriodic(knowledge.lease().renewal().toMillis(), tick -> {
            Future<Void> unused = knowledge.lease().renew(bus);
        });
    }

    private void listenOn() {
        Duration silence = config.revocation().heartbeat().multipliedBy(2);
        vertx.setPeriodic(
                BETWEEN_QUESTIONS_MILLIS, tick -> knowledge.revocations().breakSilence(bus, silence));
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
