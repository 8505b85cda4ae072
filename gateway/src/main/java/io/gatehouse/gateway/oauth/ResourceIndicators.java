package io.gatehouse.gateway.oauth;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.AccessLimits;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.RequestedAccess;
import java.util.List;
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
        List<String> named = parameters.all("resource").stream().distinct().toList();
        if (named.isEmpty()) {
            return null;
        }
        AccessLimits limits = client.extensions().access();
        if (limits == null || !limits.resources().containsAll(named)) {
            throw OAuthError.failure(
                    Code.INVALID_TARGET, "resource must be one of those that are registered for this client");
        }
        return new RequestedAccess(named);
    }
}
