package io.gatehouse.store.copy;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.message.ClientJwtStatement;
import io.gatehouse.common.message.OneTimeValues.Spend;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A one-time value that was presented.
 *
 * @param kind what it is: one of one kind must not pass for one of another
 * @param clientId whose value it is: a client, or for some kinds somebody else
 * @param until nobody would accept it from here on; whole milliseconds
 */
public record SpentValue(String kind, String tenant, String clientId, Digest value, Instant until) {
    private static final String CLIENT_JWT = "client_jwt";

    /** The JWT that a client vouches by; null: it has no time to be remembered by. */
    public static @Nullable SpentValue of(ClientJwtStatement statement) {
        return statement.replay() == null || statement.replayUntil() == null
                ? null
                : new SpentValue(
                        CLIENT_JWT,
                        statement.tenant(),
                        statement.clientId(),
                        statement.replay(),
                        statement.replayUntil());
    }

    public static SpentValue of(Spend request) {
        String kind = switch (request.kind()) {
            case CLIENT_ASSERTION -> "client_assertion";
            case DPOP_PROOF -> "dpop_proof";
            case AUTHORIZATION_GRANT -> "authorization_grant";
            case HANDOVER -> "handover";
            case PASSWORD_LOGIN -> "password_login";
        };
        return new SpentValue(kind, request.tenant(), request.owner(), request.value(), request.until());
    }
}
