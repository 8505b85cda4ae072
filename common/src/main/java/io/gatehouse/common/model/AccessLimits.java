package io.gatehouse.common.model;

import java.util.List;

/**
 * What a client may ask access to, beside scopes, and what others ask access to by it.
 *
 * @param resources resource indicators (RFC 8707), absolute URIs compared letter by letter
 * @param authorizationDetailsTypes types of authorization details (RFC 9396)
 * @param serves resource indicators of services that the client is: it may introspect tokens for them
 * @param servesDefaultAudience whether it is, besides those, the service that tokens without a resource are for
 */
public record AccessLimits(
        List<String> resources,
        List<String> authorizationDetailsTypes,
        List<String> serves,
        boolean servesDefaultAudience) {
    public static final AccessLimits NONE = new AccessLimits(List.of(), List.of());

    public AccessLimits {
        resources = List.copyOf(resources);
        authorizationDetailsTypes = List.copyOf(authorizationDetailsTypes);
        serves = List.copyOf(serves);
    }

    /** Of a client that is no service itself. */
    public AccessLimits(List<String> resources, List<String> authorizationDetailsTypes) {
        this(resources, authorizationDetailsTypes, List.of(), false);
    }
}
