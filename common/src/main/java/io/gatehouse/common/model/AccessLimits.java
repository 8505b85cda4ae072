package io.gatehouse.common.model;

import java.util.List;

/**
 * What a client may ask access to, beside scopes.
 *
 * @param resources resource indicators (RFC 8707), absolute URIs compared letter by letter
 */
public record AccessLimits(List<String> resources) {
    public static final AccessLimits NONE = new AccessLimits(List.of());

    public AccessLimits {
        resources = List.copyOf(resources);
    }
}
