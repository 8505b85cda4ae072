package io.gatehouse.store;

import io.gatehouse.common.message.Codes.PutBySession;
import io.gatehouse.common.model.AuthorizationCode;
import io.gatehouse.common.model.GrantId;
import io.gatehouse.common.model.Session;
import java.time.Instant;
import java.util.List;

/**
 * A code to write for the user of a browser session.
 *
 * @param grant of the tokens the code will give
 */
public record SessionCodeOrder(PutBySession request, GrantId grant, Instant grantExpiresAt) {
    /** The row, once everybody is known. */
    public AuthorizationCode code(Session session, long clientEpoch, long consentEpoch, Instant now) {
        return code(
                session.subject(),
                session.subjectEpoch(),
                session.authTime(),
                session.amr(),
                clientEpoch,
                consentEpoch,
                now);
    }

    /** The row, for a back end that finds the session only while it writes. */
    public AuthorizationCode code(
            String subject,
            long subjectEpoch,
            Instant authTime,
            List<String> amr,
            long clientEpoch,
            long consentEpoch,
            Instant now) {
        return new AuthorizationCode(
                request.tenant(),
                request.code(),
                request.clientId(),
                subject,
                request.family(),
                request.scope(),
                grant,
                grantExpiresAt,
                subjectEpoch,
                clientEpoch,
                request.redirectUri(),
                request.codeChallenge(),
                request.nonce(),
                request.confirmation(),
                request.session().id().sid(),
                authTime,
                amr,
                now,
                request.expiresAt(),
                null,
                request.claims(),
                consentEpoch,
                request.access());
    }
}
