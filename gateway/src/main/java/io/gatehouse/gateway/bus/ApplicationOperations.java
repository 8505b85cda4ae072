package io.gatehouse.gateway.bus;

import io.gatehouse.common.bus.ApplicationAccess;
import io.gatehouse.common.bus.ApplicationDoor.Operation;
import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.codec.RecordCodec;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Revocations;
import io.gatehouse.common.message.VerificationKeys.KeySet;
import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.common.model.StandardClaims;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.VerificationKey;
import io.gatehouse.common.verify.RevocationList;
import io.gatehouse.gateway.oauth.ClientCredentials;
import io.gatehouse.gateway.oauth.IntrospectionJson;
import io.gatehouse.gateway.oauth.Parameters;
import io.gatehouse.gateway.oauth.Protocol;
import io.gatehouse.gateway.oauth.TokenRequest;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What other applications may ask for, by name: each is what an endpoint does, with the same parameters and the same answer.
 */
public final class ApplicationOperations {
    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final int MOST_LINES = 1000;

    private final Bus bus;
    private final Protocol protocol;
    private final String issuer;
    private final Function<String, Future<KeySet>> keys;
    private final RevocationList revocations;

    /**
     * Those of one event loop.
     *
     * @param issuer of the default tenant
     * @param keys of a tenant
     * @param revocations as they were pushed to this process
     */
    public ApplicationOperations(
            Bus bus,
            Protocol protocol,
            String issuer,
            Function<String, Future<KeySet>> keys,
            RevocationList revocations) {
        this.bus = bus;
        this.protocol = protocol;
        this.issuer = issuer;
        this.keys = keys;
        this.revocations = revocations;
    }

    /** By name; {@code keys} and {@code revocations} come with {@code verify}. */
    public Map<String, Operation> all() {
        return Map.of(
                "verify",
                this::verify,
                "keys",
                (caller, none) -> keys(caller),
                "revocations",
                (caller, page) -> revocations(page),
                "issue",
                (caller, form) -> token(caller, form, false),
                "exchange",
                (caller, form) -> token(caller, form, true),
                "introspect",
                this::introspect,
                "revoke",
                this::revoke,
                "users",
                this::user);
    }

    private Future<JsonObject> verify(ApplicationAccess caller, JsonObject asked) {
        String audience = text(asked, "audience");
        return protocol.inspector()
                .inspect(caller.tenant(), text(asked, "token"))
                .map(token -> {
                    if (!token.audience().contains(audience)) {
                        throw OAuthError.failure(Code.INVALID_TOKEN, "the access token is for another service");
                    }
                    return IntrospectionJson.describe(token);
                });
    }

    private Future<JsonObject> keys(ApplicationAccess caller) {
        return keys.apply(caller.tenant()).map(set -> {
            JsonArray jwks = new JsonArray();
            for (VerificationKey key : set.keys()) {
                jwks.add(new JsonObject(key.jwk()).put("alg", key.algorithm().jwsName()));
            }
            return new JsonObject()
                    .put("tenant", set.tenant())
                    .put("issuer", Tenant.issuer(issuer, set.tenant()))
                    .put("version", set.version())
                    .put("keys", jwks);
        });
    }

    /**
     * Of all tenants: a gap is seen by the numbers. They name subjects and tokens, never what is in them. Who says which line it wants
     * at least is told by what was pushed to this gateway, where that goes so far, and how old that is; else the log is read.
     */
    private Future<JsonObject> revocations(JsonObject asked) {
        int limit = Math.clamp(number(asked, "limit", MOST_LINES), 1, MOST_LINES);
        long after = Math.max(0, number(asked, "after", 0));
        RevocationList.Known known =
                revocations.known(after, limit, number(asked, "at_least", RevocationList.OTHER_LOG));
        return known == null
                ? bus.ask(new Revocations.Read(after, limit)).map(ApplicationOperations::page)
                : Future.succeededFuture(page(known.page()).put("age", millis(known.age())));
    }

    private static JsonObject page(Revocations.Page page) {
        return new JsonObject().put("page", RecordCodec.encode(page).base64Url());
    }

    /** Rounded up: nothing may seem younger than it is. */
    private static long millis(Duration age) {
        return age.plusNanos(999_999).toMillis();
    }

    private Future<JsonObject> token(ApplicationAccess caller, JsonObject form, boolean exchange) {
        Parameters parameters = new Parameters();
        form.forEach(entry -> parameters.add(entry.getKey(), String.valueOf(entry.getValue())));
        if (EXCHANGE.equals(parameters.get("grant_type")) != exchange) {
            throw OAuthError.failure(
                    Code.INVALID_REQUEST, "a token exchange is the operation exchange, every other grant is issue");
        }
        return protocol.tokens()
                .token(new TokenRequest(caller.tenant(), credentials(form), parameters))
                .map(response -> response.json());
    }

    private Future<JsonObject> introspect(ApplicationAccess caller, JsonObject asked) {
        return protocol.clients()
                .authenticate(caller.tenant(), credentials(asked))
                .compose(client -> protocol.introspection().introspect(client, text(asked, "token")))
                .map(IntrospectionJson::of);
    }

    private Future<JsonObject> revoke(ApplicationAccess caller, JsonObject asked) {
        return protocol.clients()
                .authenticate(caller.tenant(), credentials(asked))
                .compose(client -> protocol.revocation().revoke(client, text(asked, "token")))
                .map(done -> new JsonObject());
    }

    private Future<JsonObject> user(ApplicationAccess caller, JsonObject asked) {
        return protocol.subjects().find(caller.tenant(), text(asked, "subject")).map(user -> {
            if (user == null) {
                throw new OAuthError.NotFound("user").failure();
            }
            JsonObject claims = new JsonObject(StandardClaims.of(user, StandardClaims.names()));
            return claims.put("sub", user.subject())
                    .put("roles", new JsonArray(user.roles()))
                    .put("state", user.state().name().toLowerCase(Locale.ROOT));
        });
    }

    /** Null where no client is named. */
    private static @Nullable ClientCredentials credentials(JsonObject form) {
        String clientId = form.getString("client_id");
        String secret = form.getString("client_secret");
        if (clientId == null) {
            return null;
        }
        return secret == null
                ? new ClientCredentials(AuthMethod.NONE, clientId, null)
                : new ClientCredentials(AuthMethod.CLIENT_SECRET_POST, clientId, Secret.of(secret));
    }

    private static String text(JsonObject asked, String name) {
        if (asked.getValue(name) instanceof String text) {
            return text;
        }
        throw OAuthError.failure(Code.INVALID_REQUEST, name + " is missing: give it as a text");
    }

    private static long number(JsonObject asked, String name, long otherwise) {
        return switch (asked.getValue(name)) {
            case null -> otherwise;
            case Integer number -> number;
            case Long number -> number;
            default -> throw OAuthError.failure(Code.INVALID_REQUEST, name + " has to be a whole number");
        };
    }
}
