package io.gatehouse.token;

import io.gatehouse.common.details.AuthorizationDetails;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which authorization details (RFC 9396) a token has. Whatever came over the bus is read and written anew: it stands in the
 * token as it is.
 */
final class Details {
    private Details() {}

    /**
     * Those that are wanted, or else all that were granted, as canonical JSON; null: none.
     *
     * @param granted null: none
     * @param wanted null: all that was granted
     * @throws io.gatehouse.common.error.OAuthFailure invalid_authorization_details, where more is wanted than was granted
     */
    static @Nullable String within(@Nullable String granted, @Nullable String wanted) {
        AuthorizationDetails most = granted == null ? null : AuthorizationDetails.parse(granted);
        if (wanted == null) {
            return most == null ? null : most.text();
        }
        AuthorizationDetails some = AuthorizationDetails.parse(wanted);
        if (most == null || !most.covers(some)) {
            throw AuthorizationDetails.refused("is more than was granted: name each object as it was, or with fewer"
                    + " entries in actions, locations, datatypes or privileges");
        }
        return some.text();
    }

    /**
     * Those that are wanted, as canonical JSON; null: none.
     *
     * @param types that the client registered
     * @param wanted null: none
     * @throws io.gatehouse.common.error.OAuthFailure invalid_authorization_details, where one is of another type
     */
    static @Nullable String ofTypes(List<String> types, @Nullable String wanted) {
        if (wanted == null) {
            return null;
        }
        AuthorizationDetails details = AuthorizationDetails.parse(wanted);
        if (!types.containsAll(details.types())) {
            throw AuthorizationDetails.refused("has a type that is not registered for this client:"
                    + " name it in its authorization_details_types");
        }
        return details.text();
    }
}
