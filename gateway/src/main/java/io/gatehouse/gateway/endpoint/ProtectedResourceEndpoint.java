package io.gatehouse.gateway.endpoint;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.IdTokenAlgorithm;
import io.gatehouse.common.model.ProtectedResource;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.gateway.http.Endpoint;
import io.gatehouse.gateway.http.Mount;
import io.gatehouse.gateway.http.OAuthErrors;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.DpopProofs;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Metadata of protected resources (RFC 9728): this installation, its userinfo, and the services of the configuration that stand
 * at the issuer's host.
 */
public final class ProtectedResourceEndpoint {
    private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";
    private static final int MAX_AGE_SECONDS = 300;
    private static final List<String> DPOP_ALGORITHMS = DpopProofs.ALGORITHMS;

    private final String baseIssuer;
    private final List<ProtectedResource> services;
    private final boolean takesCertificates;

    /**
     * @param baseIssuer of the default tenant
     * @param services of any host
     * @param takesCertificates whether ours know clients by the certificates of their connections
     */
    public ProtectedResourceEndpoint(String baseIssuer, List<ProtectedResource> services, boolean takesCertificates) {
        this.baseIssuer = baseIssuer;
        this.services = services;
        this.takesCertificates = takesCertificates;
    }

    /** Where the metadata of a resource is, by its identifier (section 3.1). */
    public static String urlOf(String resource) {
        URI uri = URI.create(resource);
        return origin(uri) + WELL_KNOWN + (uri.getRawPath() == null ? "" : uri.getRawPath());
    }

    /** Their lines of the table of contents, as they stand behind a tenant's part. */
    public Stream<Mount> mounts() {
        Set<String> own = Set.of("", UserinfoEndpoint.PATH);
        Stream<Mount> ours = Stream.of(
                mount("", exchange -> reply(describe(issuer(exchange.tenant()), exchange.tenant()))),
                mount(UserinfoEndpoint.PATH, exchange -> reply(userinfo(exchange.tenant()))));
        Stream<Mount> others = services.stream()
                .filter(service -> origin(URI.create(service.resource())).equals(origin(URI.create(baseIssuer))))
                .filter(service -> !own.contains(path(service)))
                .map(service -> mount(
                        path(service),
                        exchange -> exchange.tenant().equals(Tenant.MAIN)
                                ? reply(describe(service))
                                : Future.failedFuture(new OAuthError.NotFound("resource").failure())));
        return Stream.concat(ours, others);
    }

    private static Mount mount(String path, Endpoint endpoint) {
        return Mount.get(WELL_KNOWN + path, new OAuthErrors(), endpoint).fromAnywhere();
    }

    private static Future<Reply> reply(JsonObject metadata) {
        return Future.succeededFuture(Reply.publicJson(metadata.toBuffer(), MAX_AGE_SECONDS));
    }

    private JsonObject userinfo(String tenant) {
        return describe(issuer(tenant) + UserinfoEndpoint.PATH, tenant)
                .put("scopes_supported", new JsonArray().add("openid"))
                .put(
                        "resource_signing_alg_values_supported",
                        new JsonArray(Arrays.stream(IdTokenAlgorithm.values())
                                .map(IdTokenAlgorithm::jwsName)
                                .toList()));
    }

    /** Of one of ours. */
    private JsonObject describe(String resource, String tenant) {
        return new JsonObject()
                .put("resource", resource)
                .put("authorization_servers", new JsonArray().add(issuer(tenant)))
                .put("bearer_methods_supported", new JsonArray().add("header").add("body"))
                .put("dpop_signing_alg_values_supported", new JsonArray(DPOP_ALGORITHMS))
                .put("tls_client_certificate_bound_access_tokens", takesCertificates);
    }

    private JsonObject describe(ProtectedResource service) {
        JsonObject metadata = new JsonObject()
                .put("resource", service.resource())
                .put("authorization_servers", new JsonArray().add(issuer(service.tenant())));
        putGiven(metadata, "scopes_supported", service.scopes());
        putGiven(metadata, "bearer_methods_supported", service.bearerMethods());
        putGiven(metadata, "dpop_signing_alg_values_supported", service.dpopAlgorithms());
        metadata.put("dpop_bound_access_tokens_required", service.dpopBound())
                .put("tls_client_certificate_bound_access_tokens", service.certificateBound());
        if (service.name() != null) {
            metadata.put("resource_name", service.name());
        }
        if (service.documentation() != null) {
            metadata.put("resource_documentation", service.documentation());
        }
        return metadata;
    }

    /** Section 3.2: what has no value is left out. */
    private static void putGiven(JsonObject metadata, String name, List<String> values) {
        if (!values.isEmpty()) {
            metadata.put(name, new JsonArray(values));
        }
    }

    private String issuer(String tenant) {
        return Tenant.issuer(baseIssuer, tenant);
    }

    private static String path(ProtectedResource service) {
        String path = URI.create(service.resource()).getRawPath();
        return path == null || path.equals("/") ? "" : path;
    }

    private static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }
}
