package io.gatehouse.gateway.oauth;

import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.RequestedAccess;
import io.gatehouse.common.model.RequestedClaims;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.TokenFamily;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An authorization request that was found good (RFC 6749, section 4.1.1; OpenID Connect Core, section 3.1.2.1). It travels
 * sealed through the pages; nothing is stored for it.
 *
 * @param family OAUTH, or that of the vendor path it came by
 * @param redirectUri as the request wrote it; it was one of the client's, but for the port of a loopback one
 * @param state echoed; null: none
 * @param codeChallenge S256 (RFC 7636); null: none
 * @param maxAge seconds a login may be old; -1: any age
 * @param hintedSubject whom id_token_hint or claims name; null: nobody
 * @param uiLocales as wished, best first
 * @param echo the vendor's own {@code data}, echoed; null: none
 * @param startedAt a login from then on is one of this request
 * @param redirectUriGiven whether the request named it, so that the token request must repeat it (RFC 6749, section 4.1.3);
 *     else it is the client's only one
 * @param pushed the pushed request (RFC 9126) that is spent by the code; null: it came by the browser
 * @param confirmation the key that the code is to be bound to ({@code dpop_jkt}, RFC 9449, section 10); null: none
 * @param access that is asked for beside the scope; null: none
 * @param twoFactors whether the login must be by two factors (RFC 9470, section 4)
 */
public record AuthorizationRequest(
        String tenant,
        TokenFamily family,
        String clientId,
        String redirectUri,
        ResponseMode responseMode,
        Scope scope,
        @Nullable String state,
        @Nullable String nonce,
        @Nullable String codeChallenge,
        List<Prompt> prompt,
        long maxAge,
        @Nullable String loginHint,
        @Nullable String hintedSubject,
        List<String> uiLocales,
        @Nullable RequestedClaims claims,
        @Nullable String echo,
        Instant startedAt,
        boolean redirectUriGiven,
        @Nullable CodeId pushed,
        @Nullable String confirmation,
        @Nullable RequestedAccess access,
        boolean twoFactors) {
    public AuthorizationRequest {
        prompt = List.copyOf(prompt);
        uiLocales = List.copyOf(uiLocales);
    }

    /** The same, for that user alone; null: for anybody. */
    AuthorizationRequest about(@Nullable String subject) {
        return new AuthorizationRequest(
                tenant,
                family,
                clientId,
                redirectUri,
                responseMode,
                scope,
                state,
                nonce,
                codeChallenge,
                prompt,
                maxAge,
                loginHint,
                subject,
                uiLocales,
                claims,
                echo,
                startedAt,
                redirectUriGiven,
                pushed,
                confirmation,
                access,
                twoFactors);
    }

    public boolean asks(Prompt what) {
        return prompt.contains(what);
    }
}
