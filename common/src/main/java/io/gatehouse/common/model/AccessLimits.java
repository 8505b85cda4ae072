package io.gatehouse.common.model;

import java.util.List;

/**
 * What a client may ask access to, beside scopes.
 *
 * @param resources resource indicators (RFC 8707), absolute URIs compared letter by letter
 * @param authorizationDetailsTypes types of authorization details (RFC 9396)
 */
public record AccessLimits(List<String> resources, List<String> authorizationDetailsTypes) {
    public static final AccessLimits NONE = new AccessLimits(List.of(), List.of());

    public AccessLimits {
        resources = List.copyOf(resources);
        authorizationDetailsTypes = List.copyOf(authorizationDetailsTypes);
    }
}
