package io.gatehouse.common.model;

import java.util.List;

/**
 * What access is asked for or granted, beside scopes.
 *
 * @param resources resource indicators (RFC 8707): the audience of the tokens, of which there is one at least
 */
public record RequestedAccess(List<String> resources) {
    public RequestedAccess {
        resources = List.copyOf(resources);
    }
}
