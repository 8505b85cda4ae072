package io.gatehouse.gateway.endpoint;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.common.model.RegistrationPolicy;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.gateway.http.Endpoint;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.DpopProofs;
import io.gatehouse.gateway.oauth.OpenIdMetadata;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Authorization server metadata (RFC 8414; OpenID Connect Discovery, section 3): says what works, and nothing else. The reply
 * is made once per tenant and what it lets strangers do.
 */
public final class MetadataEndpoint implements Endpoint {
    private static final int MAX_AGE_SECONDS = 300;
    private static final String AUTHORIZE = "/oauth2/authorize";
    private static final String PAR = "/oauth2/par";
    private static final String TOKEN = "/oauth2/token";
    private static final String USERINFO = "/oauth2/userinfo";
    private static final String INTROSPECT = "/oauth2/introspect";
    private static final String LOGOUT = "/oauth2/logout";
    /** By the names of the IANA registry. */
    private static final Map<String, String> PATHS = new LinkedHashMap<>();

    static {
        PATHS.put("authorization_endpoint", AUTHORIZE);
        PATHS.put("pushed_authorization_request_endpoint", PAR);
        PATHS.put("token_endpoint", TOKEN);
        PATHS.put("device_authorization_endpoint", "/oauth2/device_authorization");
        PATHS.put("userinfo_endpoint", USERINFO);
        PATHS.put("end_session_endpoint", LOGOUT);
        PATHS.put("jwks_uri", "/oauth2/jwks");
        PATHS.put("introspection_endpoint", INTROSPECT);
        PATHS.put("revocation_endpoint", "/oauth2/revoke");
    }

    private final String baseIssuer;
    private final Set<String> grantTypes;
    private final Set<String> mounted;
    private final List<String> authorizationDetailsTypes;
    private final List<AuthMethod> methods;
    private final Function<String, Future<Tenant>> tenants;
    private final Cache<Subject, Reply> replies =
            Caffeine.newBuilder().maximumSize(10_000).executor(Runnable::run).build();

    /**
     * @param baseIssuer of the default tenant
     * @param grantTypes that the token endpoint knows
     * @param mounted paths that are answered, as they stand behind a tenant's prefix
     * @param authorizationDetailsTypes that may be asked for (RFC 9396)
     * @param methods by which clients can authenticate
     * @param tenants finds one by its id
     */
    public MetadataEndpoint(
            String baseIssuer,
            Set<String> grantTypes,
            Set<String> mounted,
            List<String> authorizationDetailsTypes,
            List<AuthMethod> methods,
            Function<String, Future<Tenant>> tenants) {
        this.tenants = tenants;
        this.baseIssuer = baseIssuer;
        this.grantTypes = grantTypes;
        this.mounted = Set.copyOf(mounted);
        this.authorizationDetailsTypes = List.copyOf(authorizationDetailsTypes);
        this.methods = List.copyOf(methods);
    }

    @Override
    public Future<Reply> handle(Exchange exchange) {
        // What does not change is told also while the store is away.
        return tenants.apply(exchange.tenant())
                .map(Subject::of)
                .otherwise(new Subject(exchange.tenant(), false, false))
                .map(subject -> replies.get(subject, this::reply));
    }

    /** What is described: one tenant, with what it lets strangers do. */
    private record Subject(String tenant, boolean registration, boolean documents) {
        static Subject of(Tenant tenant) {
            RegistrationPolicy policy = tenant.registrations();
            return new Subject(tenant.id(), policy.isOffered(), policy.metadataDocuments());
        }
    }

    private Reply reply(Subject subject) {
        String issuer = Tenant.issuer(baseIssuer, subject.tenant);
        JsonObject metadata = describe(issuer);
        if (subject.registration && mounted.contains(RegistrationEndpoint.PATH)) {
            metadata.put("registration_endpoint", issuer + RegistrationEndpoint.PATH);
        }
        if (mounted.contains(AUTHORIZE)) {
            metadata.put("client_id_metadata_document_supported", subject.documents);
        }
        return Reply.publicJson(metadata.toBuffer(), MAX_AGE_SECONDS);
    }

    /** The document of one issuer. */
    JsonObject describe(String issuer) {
        JsonObject metadata = new JsonObject().put("issuer", issuer);
        PATHS.forEach((name, path) -> {
            if (mounted.contains(path)) {
                metadata.put(name, issuer + path);
            }
        });
        metadata.put("grant_types_supported", new JsonArray(List.copyOf(grantTypes)))
                .put("response_types_supported", new JsonArray());
        putMethods(metadata, "token_endpoint", methods);
        putMethods(
                metadata,
                "introspection_endpoint",
                methods.stream().filter(method -> method != AuthMethod.NONE).toList());
        putMethods(metadata, "revocation_endpoint", methods);
        if (methods.stream().anyMatch(AuthMethod::isCertificate)) {
            metadata.put("tls_client_certificate_bound_access_tokens", true);
        }
        if (mounted.contains(TOKEN)) {
            metadata.put("dpop_signing_alg_values_supported", new JsonArray(DpopProofs.ALGORITHMS));
        }
        if (!authorizationDetailsTypes.isEmpty()) {
            metadata.put("authorization_details_types_supported", new JsonArray(authorizationDetailsTypes));
        }
        if (mounted.contains(AUTHORIZE)) {
            OpenIdMetadata.authorization().forEach(metadata::put);
        }
        if (mounted.contains(PAR)) {
            metadata.put("require_pushed_authorization_requests", false);
        }
        if (mounted.contains(INTROSPECT)) {
            OpenIdMetadata.introspection().forEach(metadata::put);
        }
        if (mounted.contains(USERINFO)) {
            OpenIdMetadata.userinfo().forEach(metadata::put);
        }
        if (mounted.contains(AUTHORIZE) && mounted.contains(LOGOUT)) {
            OpenIdMetadata.logout().forEach(metadata::put);
        }
        return metadata;
    }

    private static void putMethods(JsonObject metadata, String endpoint, List<AuthMethod> methods) {
        if (metadata.containsKey(endpoint)) {
            metadata.put(
                    endpoint + "_auth_methods_supported",
                    new JsonArray(
                            methods.stream().map(AuthMethod::registeredName).toList()));
            metadata.put(
                    endpoint + "_auth_signing_alg_values_supported",
                    new JsonArray(methods.stream()
                            .flatMap(method -> method.assertionAlgorithms().stream())
                            .toList()));
        }
    }
}
