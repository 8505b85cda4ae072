package io.gatehouse.store;

import io.gatehouse.common.message.ClientJwtStatement;
import io.gatehouse.common.model.AuthorizationCode;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.GrantId;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.User;
import java.time.Instant;
import java.util.List;

/**
 * A code to write for whoever a client's JWT names.
 *
 * @param grant of the tokens the code will give
 */
public record CodeOrder(
        ClientJwtStatement statement, CodeId id, Instant expiresAt, GrantId grant, Instant grantExpiresAt) {
    /** Not of RFC 8176, which knows no login that somebody else vouches for. */
    private static final List<String> BY_CLIENT = List.of("jwt_login");

    /** What a user must give in person: these open account pages, or outlive the visit. */
    public static final Scope NEVER_BY_CLIENT = new Scope(List.of("openid", "offline_access"));

    /** The row, once user and client are known. */
    public AuthorizationCode code(User user, Client client, Instant now) {
        return code(
                user.profile().subject(), user.epoch(), client.scope().without(NEVER_BY_CLIENT), client.epoch(), now);
    }

    /** The row, for a back end that finds user and client only while it writes. */
    public AuthorizationCode code(String subject, long subjectEpoch, Scope scope, long clientEpoch, Instant now) {
        return new AuthorizationCode(
                statement.tenant(),
                id,
                statement.clientId(),
                subject,
                statement.family(),
                scope,
                grant,
                grantExpiresAt,
                subjectEpoch,
                clientEpoch,
                null,
                null,
                null,
                null,
                null,
                statement.authTime(),
                BY_CLIENT,
                now,
                expiresAt,
                null);
    }
}
