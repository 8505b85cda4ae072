package io.gatehouse.token;

import io.gatehouse.common.model.RequestedClaims;
import io.gatehouse.common.model.StandardClaims;
import io.gatehouse.common.model.Ticket;
import java.util.List;
import java.util.Set;

/**
 * The claims about a user that a client asked for one by one. Only names of {@link StandardClaims} count: another one
 * could stand for something that a token says of itself.
 */
final class UserClaims {
    private static final Set<String> NAMES = StandardClaims.names();

    private UserClaims() {}

    /** Names of those to be had at the userinfo endpoint. */
    static List<String> atUserinfo(Ticket ticket) {
        RequestedClaims asked = ticket.claims();
        return asked == null ? List.of() : standard(asked.userinfo());
    }

    /** Names of those in the ID token. */
    static List<String> inIdToken(Ticket ticket) {
        RequestedClaims asked = ticket.claims();
        return asked == null ? List.of() : standard(asked.idToken());
    }

    /** Those of {@code names} that count. */
    static List<String> standard(List<String> names) {
        return names.stream().filter(NAMES::contains).distinct().toList();
    }
}
