package io.gatehouse.common.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What access is asked for or granted, beside scopes.
 *
 * @param resources resource indicators (RFC 8707): the audience of the tokens; empty: the default audience
 * @param authorizationDetails a JSON array (RFC 9396); null: none
 */
public record RequestedAccess(
        List<String> resources, @Nullable String authorizationDetails) {
    public static final RequestedAccess NONE = new RequestedAccess(List.of(), null);

    public RequestedAccess {
        resources = List.copyOf(resources);
    }
}
