package io.gatehouse.gateway.endpoint;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.gateway.http.Endpoint;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.Reply;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Authorization server metadata (RFC 8414): says what works, and nothing else. The reply is made once per tenant.
 */
public final class MetadataEndpoint implements Endpoint {
    private static final int MAX_AGE_SECONDS = 300;

    private final String baseIssuer;
    private final Set<String> grantTypes;
    private final Cache<String, Reply> replies =
            Caffeine.newBuilder().maximumSize(10_000).build();

    /**
     * @param baseIssuer of the default tenant
     * @param grantTypes that the token endpoint knows
     */
    public MetadataEndpoint(String baseIssuer, Set<String> grantTypes) {
        this.baseIssuer = baseIssuer;
        this.grantTypes = grantTypes;
    }

    @Override
    public Future<Reply> handle(Exchange exchange) {
        return Future.succeededFuture(replies.get(exchange.tenant(), this::reply));
    }

    private Reply reply(String tenant) {
        return Reply.publicJson(describe(Tenant.issuer(baseIssuer, tenant)).toBuffer(), MAX_AGE_SECONDS);
    }

    private JsonObject describe(String issuer) {
        JsonArray confidential = methods(List.of(AuthMethod.CLIENT_SECRET_BASIC, AuthMethod.CLIENT_SECRET_POST));
        JsonArray all = methods(Arrays.asList(AuthMethod.values()));
        return new JsonObject()
                .put("issuer", issuer)
                .put("token_endpoint", issuer + "/oauth2/token")
                .put("jwks_uri", issuer + "/oauth2/jwks")
                .put("introspection_endpoint", issuer + "/oauth2/introspect")
                .put("revocation_endpoint", issuer + "/oauth2/revoke")
                .put("grant_types_supported", new JsonArray(List.copyOf(grantTypes)))
                .put("response_types_supported", new JsonArray())
                .put("token_endpoint_auth_methods_supported", all)
                .put("introspection_endpoint_auth_methods_supported", confidential)
                .put("revocation_endpoint_auth_methods_supported", all);
    }

    private static JsonArray methods(List<AuthMethod> methods) {
        return new JsonArray(methods.stream().map(AuthMethod::registeredName).toList());
    }
}
