package io.gatehouse.gateway.oauth;

import io.gatehouse.common.crypto.Base64Url;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.SigningAlgorithm;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request object (RFC 9101) that was taken apart, and is not believed yet.
 *
 * @param text compact
 * @param kid as its header names the key; null: it does not
 */
record RequestObject(
        String text, SigningAlgorithm algorithm, @Nullable String kid, JsonObject claims) {
    private static final int LONGEST = 16 * 1024;
    private static final int PARTS = 3;

    /** In lower case, without {@code application/} in front (RFC 7515, section 4.1.9). */
    private static final Set<String> TYPES = Set.of("jwt", "oauth-authz-req+jwt");

    /** @throws io.gatehouse.common.error.OAuthFailure invalid_request_object where no signature could make it one */
    static RequestObject parse(String text) {
        String[] parts = text.length() > LONGEST ? new String[0] : text.split("\\.", -1);
        if (parts.length != PARTS) {
            throw invalid("request must be a signed JWT of at most " + LONGEST + " characters, not encrypted");
        }
        JsonObject header = json(parts[0]);
        SigningAlgorithm algorithm = algorithm(header);
        if (!isType(header.getValue("typ")) || header.containsKey("crit")) {
            throw invalid("the typ of request must be oauth-authz-req+jwt, and crit is not supported");
        }
        if (!hasSignature(parts[2], algorithm)) {
            throw badSignature();
        }
        return new RequestObject(text, algorithm, kid(header), json(parts[1]));
    }

    static RuntimeException badSignature() {
        return invalid("the signature of request is by no registered key of the client");
    }

    static RuntimeException invalid(String description) {
        return OAuthError.failure(Code.INVALID_REQUEST_OBJECT, description);
    }

    private static JsonObject json(String part) {
        Bytes bytes = Base64Url.decode(part);
        JsonObject json = bytes == null ? null : StrictObject.parse(bytes.utf8());
        if (json == null) {
            throw invalid("request has a part that is no JSON object in base64url");
        }
        return json;
    }

    private static SigningAlgorithm algorithm(JsonObject header) {
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            if (algorithm.jwsName().equals(header.getValue("alg"))) {
                return algorithm;
            }
        }
        throw invalid("the alg of request is none of request_object_signing_alg_values_supported");
    }

    private static boolean isType(@Nullable Object typ) {
        if (typ == null) {
            return true;
        }
        String name = typ instanceof String text ? text.toLowerCase(Locale.ROOT) : "";
        return TYPES.contains(name.startsWith("application/") ? name.substring("application/".length()) : name);
    }

    private static @Nullable String kid(JsonObject header) {
        Object kid = header.getValue("kid");
        if (kid != null && !(kid instanceof String)) {
            throw invalid("the kid of request is no text");
        }
        return (String) kid;
    }

    /** As {@link SignatureVerifier} wants it of ours. */
    private static boolean hasSignature(String part, SigningAlgorithm algorithm) {
        boolean canonical = Base64Url.decode(part) != null;
        return canonical
                && switch (algorithm) {
                    case ES256, EDDSA -> part.length() == 86;
                    case RS256, PS256 -> part.length() >= 342;
                };
    }
}
