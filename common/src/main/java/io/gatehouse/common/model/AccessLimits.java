package io.gatehouse.common.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client may ask access to, beside scopes.
 *
 * @param resources resource indicators (RFC 8707), absolute URIs compared letter by letter
 * @param authorizationDetailsTypes {@code authorization_details_types} (RFC 9396, section 10)
 * @param exchange null: it may exchange nothing
 */
public record AccessLimits(
        List<String> resources,
        List<String> authorizationDetailsTypes,
        @Nullable ExchangePolicy exchange) {
    public AccessLimits {
        resources = List.copyOf(resources);
        authorizationDetailsTypes = List.copyOf(authorizationDetailsTypes);
    }
}
