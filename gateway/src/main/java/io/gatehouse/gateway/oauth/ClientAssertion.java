package io.gatehouse.gateway.oauth;

import io.gatehouse.common.crypto.Base64Url;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A JWT by which a client authenticates (RFC 7523, section 3), as it came: what is read from it only tells whom and what to ask
 * for. The token role verifies it.
 *
 * @param clientId that it says it is about
 * @param kid of the key that it says it is signed with; null: it does not say
 * @param bySecret whether it says it is signed with the client's secret
 */
public record ClientAssertion(
        Secret jwt, String clientId, @Nullable String kid, boolean bySecret) {
    /** The value of {@code client_assertion_type}. */
    public static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static final int MAX_LENGTH = 8192;

    /** @throws io.gatehouse.common.error.OAuthFailure invalid_client where it is no JWT about a client */
    public static ClientAssertion read(String text) {
        String[] segments = text.length() > MAX_LENGTH ? new String[0] : text.split("\\.", -1);
        JsonObject header = segments.length == 3 ? object(segments[0]) : null;
        JsonObject claims = header == null ? null : object(segments[1]);
        if (header == null || claims == null || !(claims.getValue("sub") instanceof String clientId)) {
            throw OAuthError.failure(
                    Code.INVALID_CLIENT, "the client_assertion is no signed JWT whose sub is the client_id");
        }
        String kid = header.getValue("kid") instanceof String named ? named : null;
        boolean bySecret = header.getValue("alg") instanceof String algorithm && algorithm.startsWith("HS");
        return new ClientAssertion(Secret.of(text), clientId, kid, bySecret);
    }

    private static @Nullable JsonObject object(String segment) {
        Bytes json = Base64Url.decode(segment);
        try {
            return json == null ? null : new JsonObject(Buffer.buffer(json.toArray()));
        } catch (DecodeException malformed) {
            return null;
        }
    }
}
