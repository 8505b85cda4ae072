package io.gatehouse.gateway.oauth;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.AuthMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/** What the document says that a client's id is the address of (OAuth Client ID Metadata Document, section 4). */
final class ClientDocument {
    private static final String METHOD = "token_endpoint_auth_method";
    private static final Set<String> METHODS =
            Set.of(AuthMethod.NONE.registeredName(), AuthMethod.PRIVATE_KEY_JWT.registeredName());

    private ClientDocument() {}

    /**
     * Client metadata.
     *
     * @throws io.gatehouse.common.error.OAuthFailure invalid_client_metadata where it is not the client's, or has what none may
     *     have
     */
    static JsonObject read(String clientId, String text) {
        JsonObject document = StrictObject.parse(text);
        if (document == null) {
            throw refused("is no JSON object");
        }
        // Letter by letter: else whoever has the document could be somebody else.
        if (!clientId.equals(document.getValue("client_id"))) {
            throw refused("has another client_id than its address");
        }
        if (document.containsKey("client_secret") || document.containsKey("client_secret_expires_at")) {
            throw refused("has a client_secret, which everybody can read");
        }
        if (!(document.getValue("redirect_uris") instanceof JsonArray uris) || uris.isEmpty()) {
            throw refused("has no redirect_uris");
        }
        if (document.getValue(METHOD) == null) {
            return document.put(METHOD, AuthMethod.NONE.registeredName());
        }
        if (!(document.getValue(METHOD) instanceof String method) || !METHODS.contains(method)) {
            throw refused("has a " + METHOD + " other than none and private_key_jwt");
        }
        return document;
    }

    private static RuntimeException refused(String what) {
        return OAuthError.failure(Code.INVALID_CLIENT_METADATA, "the document at client_id " + what);
    }
}
