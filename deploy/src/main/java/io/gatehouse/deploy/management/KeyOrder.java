package io.gatehouse.deploy.management;

import io.gatehouse.common.message.SigningKeys;
import io.gatehouse.common.message.SigningKeys.Listing;
import io.gatehouse.common.model.SigningAlgorithm;
import io.gatehouse.common.model.Tenant;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is ordered and answered about keys, as JSON. */
final class KeyOrder {
    private KeyOrder() {}

    static SigningKeys<Listing> show(HttpServerRequest request) {
        String tenant = request.getParam("tenant");
        return new SigningKeys.Show(tenant == null ? Tenant.MAIN : tenant);
    }

    static SigningKeys<Listing> rotate(JsonObject body) {
        only(body, Set.of("tenant", "algorithm", "emergency"));
        return new SigningKeys.Rotate(tenant(body), algorithm(text(body, "algorithm")), flag(body, "emergency"));
    }

    static SigningKeys<Listing> retire(JsonObject body) {
        only(body, Set.of("tenant", "kid"));
        String kid = text(body, "kid");
        if (kid == null) {
            throw new IllegalArgumentException("Name the key: kid.");
        }
        return new SigningKeys.Retire(tenant(body), kid);
    }

    /** Nothing is an order without particulars. */
    static JsonObject json(Buffer body) {
        try {
            return body.length() == 0 ? new JsonObject() : new JsonObject(body);
        } catch (DecodeException | ClassCastException malformed) {
            throw new IllegalArgumentException("This is no JSON object.", malformed);
        }
    }

    static JsonObject json(Listing listing) {
        JsonArray keys = new JsonArray();
        listing.keys()
                .forEach(key -> keys.add(new JsonObject()
                        .put("kid", key.kid())
                        .put("alg", key.algorithm().jwsName())
                        .put("state", key.state().name().toLowerCase(Locale.ROOT))
                        .put("created_at", key.createdAt().toString())
                        .put("since", key.since().toString())
                        .put("until", key.until().toString())));
        return new JsonObject()
                .put("tenant", listing.tenant())
                .put("version", listing.version())
                .put("keys", keys);
    }

    static void only(JsonObject body, Set<String> known) {
        Set<String> unknown = new TreeSet<>(body.fieldNames());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("There may stand only " + String.join(", ", new TreeSet<>(known)) + ".");
        }
    }

    static String tenant(JsonObject body) {
        String named = text(body, "tenant");
        return named == null ? Tenant.MAIN : named;
    }

    private static @Nullable SigningAlgorithm algorithm(@Nullable String name) {
        try {
            return name == null ? null : SigningAlgorithm.of(name);
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("The algorithm is ES256, RS256, PS256 or EdDSA.", unknown);
        }
    }

    static @Nullable String text(JsonObject body, String name) {
        Object value = body.getValue(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw new IllegalArgumentException("The value of " + name + " is no text.");
    }

    private static boolean flag(JsonObject body, String name) {
        Object value = body.getValue(name);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw new IllegalArgumentException("The value of " + name + " is neither true nor false.");
    }
}
