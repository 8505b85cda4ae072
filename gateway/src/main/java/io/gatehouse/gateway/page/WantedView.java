package io.gatehouse.gateway.page;

import io.gatehouse.common.model.RequestedAccess;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants, for who must decide about it.
 *
 * @param scopes without openid and offline_access
 * @param details authorization details (RFC 9396)
 * @param services where it may use all that (RFC 8707); empty: not said
 */
public record WantedView(List<ScopeLine> scopes, List<DetailLine> details, List<String> services) {
    public WantedView {
        scopes = List.copyOf(scopes);
        details = List.copyOf(details);
        services = List.copyOf(services);
    }

    /** @param access null: scopes are all */
    static WantedView of(List<ScopeLine> scopes, @Nullable RequestedAccess access, Look look) {
        return access == null
                ? new WantedView(scopes, List.of(), List.of())
                : new WantedView(scopes, look.details(access.authorizationDetails()), access.resources());
    }

    /** Whether it wants to know who the user is, and no more. */
    public boolean isNothing() {
        return scopes.isEmpty() && details.isEmpty();
    }
}
