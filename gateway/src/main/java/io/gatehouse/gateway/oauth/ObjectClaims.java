package io.gatehouse.gateway.oauth;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a request object says, once its signature is known to be right. What it throws is invalid_request_object. */
final class ObjectClaims {
    /** What a JWT says of itself, not of the request. */
    private static final Set<String> OF_THE_JWT = Set.of("iss", "aud", "sub", "exp", "nbf", "iat", "jti");

    /** RFC 9101, section 4: objects don't nest. */
    private static final Set<String> NESTED = Set.of("request", "request_uri");

    private static final Set<String> REPEATABLE = Set.of("resource", "audience");

    /** A client's clock may differ by so much. */
    private static final Duration SKEW = Duration.ofSeconds(10);

    private ObjectClaims() {}

    /** The parameters of the request: nothing outside the object counts (RFC 9101, section 6.3). */
    static Parameters read(JsonObject claims, String clientId, String issuer, Instant now) {
        check(clientId.equals(claims.getValue("iss")), "the iss of request must be the client_id");
        check(isFor(claims.getValue("aud"), issuer), "the aud of request must be the issuer");
        check(clientId.equals(claims.getValue("client_id")), "the client_id in request must be the one beside it");
        // What authenticates the client looks like that (section 10.8).
        check(!clientId.equals(claims.getValue("sub")), "the sub of request must not be the client_id");
        checkTimes(claims, now.getEpochSecond());
        Parameters parameters = new Parameters();
        for (Map.Entry<String, Object> claim : claims) {
            check(!NESTED.contains(claim.getKey()), "request must not hold request or request_uri");
            if (!OF_THE_JWT.contains(claim.getKey())) {
                add(parameters, claim.getKey(), claims.getValue(claim.getKey()));
            }
        }
        return parameters;
    }

    private static boolean isFor(@Nullable Object audience, String issuer) {
        return issuer.equals(audience) || (audience instanceof JsonArray several && several.contains(issuer));
    }

    private static void checkTimes(JsonObject claims, long now) {
        Object exp = claims.getValue("exp");
        Object nbf = claims.getValue("nbf");
        check(
                exp == null || (exp instanceof Number end && end.longValue() > now - SKEW.toSeconds()),
                "request has expired");
        check(
                nbf == null || (nbf instanceof Number start && start.longValue() <= now + SKEW.toSeconds()),
                "request is not valid yet");
    }

    /** Texts as they are; what is structured is the JSON that the parameter would be outside. */
    private static void add(Parameters parameters, String name, @Nullable Object value) {
        if (value instanceof JsonArray several && REPEATABLE.contains(name)) {
            several.forEach(one -> add(parameters, name, one instanceof String ? one : ""));
        } else if (value instanceof JsonArray array) {
            parameters.add(name, array.encode());
        } else if (value instanceof JsonObject object) {
            parameters.add(name, object.encode());
        } else if (value != null) {
            parameters.add(name, value.toString());
        }
    }

    private static void check(boolean good, String description) {
        if (!good) {
            throw RequestObject.invalid(description);
        }
    }
}
