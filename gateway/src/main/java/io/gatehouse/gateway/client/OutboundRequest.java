package io.gatehouse.gateway.client;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A request to somebody else's URL.
 *
 * @param headers by their names; the client adds those of the connection
 * @param body empty: none
 */
public record OutboundRequest(HttpMethod method, URI url, Map<String, String> headers, Buffer body) {
    public OutboundRequest {
        headers = Map.copyOf(headers);
    }

    /** Asks for a document. */
    public static OutboundRequest get(URI url, String accept) {
        return new OutboundRequest(HttpMethod.GET, url, Map.of("Accept", accept), Buffer.buffer());
    }

    /** Posts a form of one field. */
    public static OutboundRequest form(URI url, String field, String value) {
        return new OutboundRequest(
                HttpMethod.POST,
                url,
                Map.of("Content-Type", "application/x-www-form-urlencoded", "Cache-Control", "no-store"),
                Buffer.buffer(field + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
    }
}
