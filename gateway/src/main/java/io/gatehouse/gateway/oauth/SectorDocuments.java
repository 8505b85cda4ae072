package io.gatehouse.gateway.oauth;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Whether a client belongs to the sector that it names (OpenID Connect Dynamic Client Registration, section 5): else it could
 * learn what others know their users by.
 */
final class SectorDocuments {
    private static final int LARGEST = 32 * 1024;

    private final ClientDocuments documents;

    SectorDocuments(ClientDocuments documents) {
        this.documents = documents;
    }

    /** @return fails with invalid_client_metadata */
    Future<Void> check(JsonObject metadata) {
        Object named = metadata.getValue("sector_identifier_uri");
        if (named == null) {
            return Future.succeededFuture();
        }
        return documents
                .fetch(place(named), LARGEST)
                .recover(failure -> Future.failedFuture(refused("names no document that could be fetched")))
                .map(document -> {
                    checkListed(metadata, document.text());
                    return null;
                });
    }

    private static URI place(Object named) {
        try {
            URI place = new URI(String.valueOf(named));
            if (named instanceof String && "https".equalsIgnoreCase(place.getScheme()) && place.getHost() != null) {
                return place;
            }
        } catch (URISyntaxException malformed) {
            // Refused like any other that is no https URL.
        }
        throw refused("is no https URL");
    }

    private static void checkListed(JsonObject metadata, String text) {
        Object own = metadata.getValue("redirect_uris");
        try {
            JsonArray listed = new JsonArray(text);
            if (own instanceof JsonArray uris && uris.stream().allMatch(listed::contains)) {
                return;
            }
        } catch (DecodeException noList) {
            // It lists none of them.
        }
        throw refused("names a document that does not list every one of redirect_uris");
    }

    private static RuntimeException refused(String what) {
        return OAuthError.failure(Code.INVALID_CLIENT_METADATA, "sector_identifier_uri " + what);
    }
}
