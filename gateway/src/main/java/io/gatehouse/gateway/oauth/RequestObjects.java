package io.gatehouse.gateway.oauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.RequestDemands;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Request objects by value (RFC 9101), signed by a key of their client. One per event loop, since providers lock. */
final class RequestObjects {
    /** The provider looks at iat and nbf by the machine's clock; {@link ObjectClaims} looks at what counts. */
    private static final int LEEWAY_SECONDS = 60;

    private final Vertx vertx;
    private final ClientJwks keys;
    private final Clock clock;
    private final Cache<JsonObject, JWTAuth> providers = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterAccess(Duration.ofHours(1))
            .executor(Runnable::run)
            .build();

    RequestObjects(Vertx vertx, ClientJwks keys, Clock clock) {
        this.vertx = vertx;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * The parameters of the request that it is.
     *
     * @param issuer whom it must be for
     * @return fails with invalid_request_object
     */
    Future<Parameters> read(Client client, String text, String issuer) {
        return Future.succeededFuture(text)
                .map(RequestObject::parse)
                .compose(object -> verified(client, object))
                .map(claims -> {
                    Fapi.checkTimes(client, claims, clock.instant());
                    return ObjectClaims.read(claims, client.clientId(), issuer, clock.instant());
                });
    }

    private Future<JsonObject> verified(Client client, RequestObject object) {
        RequestDemands demands = client.extensions().requests();
        if (!client.extensions().allows(object.algorithm().jwsName())) {
            throw RequestObject.invalid("request must be signed by PS256, ES256 or EdDSA");
        }
        String pinned = demands == null ? null : demands.objectAlgorithm();
        if (pinned != null && !pinned.equals(object.algorithm().jwsName())) {
            throw RequestObject.invalid("request is not signed by the algorithm that the client registered");
        }
        return keys.of(client, object.kid())
                .map(jwks ->
                        jwks == null ? List.<JsonObject>of() : ObjectKeys.of(jwks, object.algorithm(), object.kid()))
                .compose(candidates -> verify(object, candidates))
                .map(object.claims());
    }

    /** Any of the keys will do. */
    Future<Void> verify(RequestObject object, List<JsonObject> candidates) {
        if (candidates.isEmpty()) {
            return Future.failedFuture(RequestObject.badSignature());
        }
        return isSignedBy(object, candidates.getFirst())
                .recover(wrong -> verify(object, candidates.subList(1, candidates.size())));
    }

    private Future<Void> isSignedBy(RequestObject object, JsonObject key) {
        try {
            return providers
                    .get(key, this::provider)
                    .authenticate(new TokenCredentials(object.text()))
                    .mapEmpty();
        } catch (RuntimeException unusable) {
            // The key is none, or a time is no number.
            return Future.failedFuture(unusable);
        }
    }

    private JWTAuth provider(JsonObject key) {
        return JWTAuth.create(
                vertx,
                new JWTAuthOptions()
                        .addJwk(key)
                        .setJWTOptions(
                                new JWTOptions().setIgnoreExpiration(true).setLeeway(LEEWAY_SECONDS)));
    }
}
