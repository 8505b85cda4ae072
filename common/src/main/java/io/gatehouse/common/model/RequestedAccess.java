package io.gatehouse.common.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What access is asked for or granted, beside scopes.
 *
 * @param resources resource indicators (RFC 8707): the audience of the tokens; empty: the default audience
 * @param authorizationDetails a JSON array of authorization details (RFC 9396, section 2), each of a type that the client
 *     registered; null: none
 */
public record RequestedAccess(
        List<String> resources, @Nullable String authorizationDetails) {
    public RequestedAccess {
        resources = List.copyOf(resources);
    }

    /** To services alone. */
    public RequestedAccess(List<String> resources) {
        this(resources, null);
    }
}
