package io.gatehouse.gateway;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.config.FamiliesConfig;
import io.gatehouse.common.config.GatehouseConfig;
import io.gatehouse.gateway.compat.BabelBirdApi;
import io.gatehouse.gateway.compat.LoginApi;
import io.gatehouse.gateway.compat.LoginRadiusApi;
import io.gatehouse.gateway.endpoint.IntrospectionEndpoint;
import io.gatehouse.gateway.endpoint.JwksEndpoint;
import io.gatehouse.gateway.endpoint.JwtAppJwksEndpoint;
import io.gatehouse.gateway.endpoint.MetadataEndpoint;
import io.gatehouse.gateway.endpoint.RevocationEndpoint;
import io.gatehouse.gateway.endpoint.TokenEndpoint;
import io.gatehouse.gateway.http.ErrorStyle;
import io.gatehouse.gateway.http.Mount;
import io.gatehouse.gateway.http.OAuthErrors;
import io.gatehouse.gateway.http.PublicServer;
import io.gatehouse.gateway.oauth.Knowledge;
import io.gatehouse.gateway.oauth.Protocol;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The HTTP side of one event loop. {@link #mounts} is the table of contents: every endpoint in one list. */
public final class GatewayVerticle extends VerticleBase {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Bus bus;
    private final GatehouseConfig config;
    private final boolean demo;
    private final Clock clock;
    private final Knowledge knowledge;
    private @Nullable PublicServer server;
    private int port;

    GatewayVerticle(Bus bus, GatehouseConfig config, boolean demo, Clock clock, Knowledge knowledge) {
        this.bus = bus;
        this.config = config;
        this.demo = demo;
        this.clock = clock;
        this.knowledge = knowledge;
    }

    private List<Mount> mounts(Protocol protocol, String issuer) {
        FamiliesConfig families = config.tokens().families();
        return Stream.of(
                        standard(protocol, issuer),
                        vendor(families.login().enabled(), new LoginApi(protocol).mounts()),
                        vendor(
                                families.babelbird().enabled(),
                                new BabelBirdApi(protocol, families.babelbird().codeTtl()).mounts()),
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
        MetadataEndpoint metadata =
                new MetadataEndpoint(issuer, protocol.tokens().grantTypes());
        return Stream.of(
                Mount.post("/oauth2/token", oauth, new TokenEndpoint(protocol.tokens())),
                Mount.post(
                        "/oauth2/introspect",
                        oauth,
                        new IntrospectionEndpoint(protocol.clients(), protocol.introspection())),
                Mount.post("/oauth2/revoke", oauth, new RevocationEndpoint(protocol.clients(), protocol.revocation())),
                Mount.get(
                        "/oauth2/jwks",
                        oauth,
                        new JwksEndpoint(tenant -> knowledge.keys().find(bus, tenant))),
                Mount.get("/jwt/{app}/jwks", oauth, new JwtAppJwksEndpoint(protocol.jwtApps())),
                Mount.get("/.well-known/oauth-authorization-server", oauth, metadata),
                Mount.get("/.well-known/openid-configuration", oauth, metadata));
    }

    private static Stream<Mount> vendor(boolean enabled, Stream<Mount> mounts) {
        return enabled ? mounts : Stream.empty();
    }

    @Override
    public Future<?> start() {
        String issuer = config.issuerAt(config.server().port()).toString();
        Protocol protocol = new Protocol(
                vertx, bus, knowledge, clock, issuer, config.tokens().defaultAudience());
        PublicServer created = PublicServer.create(
                vertx,
                config.server(),
                mounts(protocol, issuer),
                tenant -> knowledge.tenants().find(bus, tenant),
                demo,
                config.log().access());
        server = created;
        return created.listen().onSuccess(bound -> port = bound);
    }

    /** Where it listens, once started. */
    public int port() {
        return port;
    }

    @Override
    public Future<?> stop() {
        return server == null ? Future.succeededFuture() : server.shutdown(PATIENCE);
    }
}
