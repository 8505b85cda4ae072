package io.gatehouse.token;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.AccessLimits;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.RequestedAccess;
import io.gatehouse.common.model.Ticket;
import io.gatehouse.common.model.TokenTerms;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** For which services a token is (RFC 8707): at most those of its authority. */
final class Audience {
    private Audience() {}

    /**
     * Those that are wanted, or else all that were granted; empty: the default audience.
     *
     * @throws io.gatehouse.common.error.OAuthFailure invalid_target, where more is wanted than was granted
     */
    static List<String> of(Ticket ticket, @Nullable TokenTerms terms) {
        RequestedAccess granted = ticket.access();
        List<String> all = granted == null ? List.of() : granted.resources();
        List<String> wanted = wanted(terms);
        return wanted.isEmpty() ? all : within(all, wanted);
    }

    /**
     * Those that are wanted; empty: the default audience.
     *
     * @throws io.gatehouse.common.error.OAuthFailure invalid_target, where the client did not register them
     */
    static List<String> of(Client client, @Nullable TokenTerms terms) {
        AccessLimits limits = client.extensions().access();
        return within(limits == null ? List.of() : limits.resources(), wanted(terms));
    }

    private static List<String> wanted(@Nullable TokenTerms terms) {
        return terms == null || terms.access() == null
                ? List.of()
                : terms.access().resources();
    }

    private static List<String> within(List<String> granted, List<String> wanted) {
        if (!granted.containsAll(wanted)) {
            throw OAuthError.failure(
                    Code.INVALID_TARGET, "resource names a service that was not granted: name it from the beginning");
        }
        return wanted;
    }
}
