package io.gatehouse.gateway.oauth;

import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.RequestDemands;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * From where a client's request objects may be fetched: letter by letter, but for the fragment, which is a digest for caches.
 */
final class RequestPlaces {
    /** OpenID Connect Core, section 6.2. */
    private static final int LONGEST = 512;

    private RequestPlaces() {}

    /** Null where it is not one of the client's. */
    static @Nullable URI of(Client client, String requestUri) {
        RequestDemands demands = client.extensions().requests();
        if (demands == null || requestUri.length() > LONGEST) {
            return null;
        }
        String place = withoutFragment(requestUri);
        return demands.requestUris().stream()
                        .anyMatch(own -> withoutFragment(own).equals(place))
                ? URI.create(place)
                : null;
    }

    private static String withoutFragment(String uri) {
        int hash = uri.indexOf('#');
        return hash < 0 ? uri : uri.substring(0, hash);
    }
}
