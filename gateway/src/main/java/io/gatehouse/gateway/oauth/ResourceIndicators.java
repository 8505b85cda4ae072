package io.gatehouse.gateway.oauth;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.AccessLimits;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.RequestedAccess;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The parameter {@code resource} (RFC 8707, section 2), which may repeat. */
final class ResourceIndicators {
    private ResourceIndicators() {}

    /**
     * Null where there is none.
     *
     * @throws io.gatehouse.common.error.OAuthFailure invalid_target, where the client did not register one of them
     */
    static @Nullable RequestedAccess read(Client client, Parameters parameters) {
        List<String> named = named(client, parameters, "resource");
        return named.isEmpty() ? null : new RequestedAccess(named);
    }

    /**
     * The same and the parameter {@code audience} (RFC 8693, section 2.1), which names services as well.
     *
     * @param read by the other; null: nothing
     */
    static @Nullable RequestedAccess withAudience(
            Client client, Parameters parameters, @Nullable RequestedAccess read) {
        List<String> audience = named(client, parameters, "audience");
        if (audience.isEmpty()) {
            return read;
        }
        List<String> before = read == null ? List.of() : read.resources();
        return new RequestedAccess(
                Stream.concat(before.stream(), audience.stream()).distinct().toList(),
                read == null ? null : read.authorizationDetails());
    }

    private static List<String> named(Client client, Parameters parameters, String parameter) {
        List<String> named = parameters.all(parameter).stream().distinct().toList();
        AccessLimits limits = client.extensions().access();
        if (!named.isEmpty() && (limits == null || !limits.resources().containsAll(named))) {
            throw OAuthError.failure(
                    Code.INVALID_TARGET,
                    parameter + " must be one of the resources that are registered for this client");
        }
        return named;
    }
}
