package io.gatehouse.gateway.page;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer to a client as a form (OAuth 2.0 Form Post Response Mode).
 *
 * @param action the client's redirect URI
 * @param parameters hidden fields, in their order
 */
public record FormPostView(String action, Map<String, String> parameters) {
    public FormPostView {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
