package io.gatehouse.gateway;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.config.FamiliesConfig;
import io.gatehouse.common.config.GatehouseConfig;
import io.gatehouse.common.config.ResourceConfig;
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
import io.gatehouse.gateway.oauth.Knowledge;
import io.gatehouse.gateway.oauth.Protocol;
import io.gatehouse.gateway.page.AccountPages;
import io.gatehouse.gateway.page.AuthorizationPages;
import io.gatehouse.gateway.page.DevicePages;
import io.gatehouse.gateway.page.EndSessionPages;
import io.gatehouse.gateway.page.HandoverPage;
import io.gatehouse.gateway.page.PageParts;
import io.gatehouse.gateway.page.ServicePages;
import io.gatehouse.gateway.page.SignedErrors;
import io.gatehouse.gateway.proxy.ForwardAuthEndpoint;
import io.gatehouse.gateway.proxy.FrontDoor;
import io.gatehouse.gateway.tls.MutualTls;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every endpoint of the public listener in one list: the table of contents. */
final class Endpoints {
    private final Bus bus;
    private final GatehouseConfig config;
    private final SharedParts shared;
    private final Knowledge knowledge;
    private final Protocol protocol;
    private final PageParts parts;
    private final String issuer;

    /**
     * Those of one event loop.
     *
     * @param issuer of the default tenant
     */
    Endpoints(Bus bus, SharedParts shared, Protocol protocol, PageParts parts, String issuer) {
        this.bus = bus;
        this.config = shared.config();
        this.shared = shared;
        this.knowledge = shared.knowledge();
        this.protocol = protocol;
        this.parts = parts;
        this.issuer = issuer;
    }

    List<Mount> all(FrontDoor door) {
        List<Mount> mounts = described(door);
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
    private List<Mount> described(FrontDoor door) {
        FamiliesConfig families = config.tokens().families();
        AuthorizationPages pages = new AuthorizationPages(
                protocol,
                parts,
                new SignedErrors(shared.limits(), config.limits().signedErrorsPerAddress()));
        return Stream.of(
                        standard(),
                        pages.mounts(),
                        new DevicePages(protocol, parts).mounts(),
                        new AccountPages(protocol, parts, shared.clock()).mounts(),
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
                        ForwardAuthEndpoint.mounts(config.forwardAuth(), shared.chains(), shared.clock(), door),
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

    private Stream<Mount> standard() {
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

    private static Stream<Mount> vendor(boolean enabled, Stream<Mount> mounts) {
        return enabled ? mounts : Stream.empty();
    }
}
