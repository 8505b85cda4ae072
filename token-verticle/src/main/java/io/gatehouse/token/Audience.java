package io.gatehouse.token;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.AccessLimits;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.RequestedAccess;
import io.gatehouse.common.model.Ticket;
import io.gatehouse.common.model.TokenTerms;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a token allows beside its scope: services (RFC 8707) and authorization details (RFC 9396), at most those of its
 * authority.
 */
final class Audience {
    private static final RequestedAccess NONE = new RequestedAccess(List.of());

    private Audience() {}

    /**
     * What is wanted, or else all that was granted, of either kind.
     *
     * @throws io.gatehouse.common.error.OAuthFailure invalid_target or invalid_authorization_details, where more is wanted than
     *     was granted
     */
    static RequestedAccess of(Ticket ticket, @Nullable TokenTerms terms) {
        RequestedAccess granted = Objects.requireNonNullElse(ticket.access(), NONE);
        RequestedAccess wanted = wanted(terms);
        List<String> resources =
                wanted.resources().isEmpty() ? granted.resources() : within(granted.resources(), wanted.resources());
        return new RequestedAccess(
                resources, Details.within(granted.authorizationDetails(), wanted.authorizationDetails()));
    }

    /**
     * What is wanted.
     *
     * @throws io.gatehouse.common.error.OAuthFailure invalid_target or invalid_authorization_details, where the client did not
     *     register it
     */
    static RequestedAccess of(Client client, @Nullable TokenTerms terms) {
        AccessLimits limits = Objects.requireNonNullElse(client.extensions().access(), AccessLimits.NONE);
        RequestedAccess wanted = wanted(terms);
        return new RequestedAccess(
                within(limits.resources(), wanted.resources()),
                Details.ofTypes(limits.authorizationDetailsTypes(), wanted.authorizationDetails()));
    }

    private static RequestedAccess wanted(@Nullable TokenTerms terms) {
        return terms == null || terms.access() == null ? NONE : terms.access();
    }

    private static List<String> within(List<String> granted, List<String> wanted) {
        if (!granted.containsAll(wanted)) {
            throw OAuthError.failure(
                    Code.INVALID_TARGET, "resource names a service that was not granted: name it from the beginning");
        }
        return wanted;
    }
}
