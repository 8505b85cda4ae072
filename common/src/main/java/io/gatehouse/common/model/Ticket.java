package io.gatehouse.common.model;

import io.gatehouse.common.crypto.Bytes;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The authority to issue tokens for one subject, stated by the store (or by the token role after it checked a client's
 * JWT) and only carried by the gateway.
 *
 * @param scope the ceiling: a token may have less, never more
 * @param roles of the subject, for the {@code roles} claim (RFC 9068, section 2.2.3.1)
 * @param grant fixed when the ticket is made, also for a grant that is not written yet
 * @param grantExpiresAt the absolute end of the grant
 * @param confirmation key binding (RFC 7800 thumbprint); null: none
 * @param accessTokenAlgorithm the client's choice; null: the tenant's
 * @param nonce makes two tickets of one moment differ
 * @param expiresAt five seconds after it was made
 * @param idTokenNonce for the ID token; null: none
 * @param claims what the client asked for one by one; null: nothing
 * @param consentEpoch generation of the consent behind the grant; 0: none
 * @param sector of a client that knows its users by pairwise subjects; null: by public ones
 */
public record Ticket(
        String tenant,
        String clientId,
        String subject,
        TokenFamily family,
        Scope scope,
        List<String> roles,
        GrantId grant,
        Instant grantExpiresAt,
        long subjectEpoch,
        long clientEpoch,
        @Nullable String confirmation,
        @Nullable String sessionId,
        Instant authTime,
        List<String> amr,
        @Nullable SigningAlgorithm accessTokenAlgorithm,
        Bytes nonce,
        Instant expiresAt,
        @Nullable String idTokenNonce,
        @Nullable RequestedClaims claims,
        long consentEpoch,
        @Nullable String sector) {
    public Ticket {
        roles = List.copyOf(roles);
        amr = List.copyOf(amr);
    }

    /** Of a login without a browser, for a client with public subjects. */
    public Ticket(
            String tenant,
            String clientId,
            String subject,
            TokenFamily family,
            Scope scope,
            List<String> roles,
            GrantId grant,
            Instant grantExpiresAt,
            long subjectEpoch,
            long clientEpoch,
            @Nullable String confirmation,
            @Nullable String sessionId,
            Instant authTime,
            List<String> amr,
            @Nullable SigningAlgorithm accessTokenAlgorithm,
            Bytes nonce,
            Instant expiresAt) {
        this(
                tenant,
                clientId,
                subject,
                family,
                scope,
                roles,
                grant,
                grantExpiresAt,
                subjectEpoch,
                clientEpoch,
                confirmation,
                sessionId,
                authTime,
                amr,
                accessTokenAlgorithm,
                nonce,
                expiresAt,
                null,
                null,
                0,
                null);
    }
}
