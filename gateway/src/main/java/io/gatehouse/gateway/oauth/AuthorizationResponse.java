package io.gatehouse.gateway.oauth;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What goes back to the client through the browser (RFC 6749, sections 4.1.2 and 4.1.2.1; RFC 9207).
 *
 * @param parameters in their order; values as they are, not encoded
 */
public record AuthorizationResponse(
        String clientId, String redirectUri, ResponseMode mode, Map<String, String> parameters) {
    public AuthorizationResponse {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
