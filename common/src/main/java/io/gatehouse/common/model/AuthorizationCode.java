package io.gatehouse.common.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An authorization code (RFC 6749, section 4.1.2), and its tombstone once it was presented.
 *
 * @param grant fixed when the code is made, so that a replay can end it before it is written
 * @param redirectUri of the request; null: the code was not given by a redirect
 * @param codeChallenge S256 (RFC 7636), base64url; null: the request had none
 * @param nonce for an ID token; null: none
 * @param confirmation key binding; null: none
 * @param sessionId of the browser session; null: none
 * @param takenAt when it was first presented by an authenticated client; null: not yet
 * @param claims what the request asked for one by one; null: nothing
 * @param consentEpoch generation of the consent it was given by; 0: by none
 * @param access that was asked for beside the scope; null: none
 */
public record AuthorizationCode(
        String tenant,
        CodeId id,
        String clientId,
        String subject,
        TokenFamily family,
        Scope scope,
        GrantId grant,
        Instant grantExpiresAt,
        long subjectEpoch,
        long clientEpoch,
        @Nullable String redirectUri,
        @Nullable String codeChallenge,
        @Nullable String nonce,
        @Nullable String confirmation,
        @Nullable String sessionId,
        Instant authTime,
        List<String> amr,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant takenAt,
        @Nullable RequestedClaims claims,
        long consentEpoch,
        @Nullable RequestedAccess access) {
    public AuthorizationCode {
        amr = List.copyOf(amr);
    }

    /** One that no consent stands behind. */
    public AuthorizationCode(
            String tenant,
            CodeId id,
            String clientId,
            String subject,
            TokenFamily family,
            Scope scope,
            GrantId grant,
            Instant grantExpiresAt,
            long subjectEpoch,
            long clientEpoch,
            @Nullable String redirectUri,
            @Nullable String codeChallenge,
            @Nullable String nonce,
            @Nullable String confirmation,
            @Nullable String sessionId,
            Instant authTime,
            List<String> amr,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Instant takenAt) {
        this(
                tenant,
                id,
                clientId,
                subject,
                family,
                scope,
                grant,
                grantExpiresAt,
                subjectEpoch,
                clientEpoch,
                redirectUri,
                codeChallenge,
                nonce,
                confirmation,
                sessionId,
                authTime,
                amr,
                createdAt,
                expiresAt,
                takenAt,
                null,
                0,
                null);
    }

    public AuthorizationCode taken(Instant now) {
        return new AuthorizationCode(
                tenant,
                id,
                clientId,
                subject,
                family,
                scope,
                grant,
                grantExpiresAt,
                subjectEpoch,
                clientEpoch,
                redirectUri,
                codeChallenge,
                nonce,
                confirmation,
                sessionId,
                authTime,
                amr,
                createdAt,
                expiresAt,
                now,
                claims,
                consentEpoch,
                access);
    }
}
