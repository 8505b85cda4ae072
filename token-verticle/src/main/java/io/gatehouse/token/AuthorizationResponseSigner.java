package io.gatehouse.token;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.IdTokens.SignAuthorizationResponse;
import io.gatehouse.common.message.IdTokens.Signed;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.IdTokenAlgorithm;
import io.gatehouse.common.model.RequestDemands;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Signs authorization responses (JARM, section 4). Who the user is does not stand in them: without a subject none passes for an
 * ID token.
 */
final class AuthorizationResponseSigner {
    /** Time for the browser to bring it; section 4.1 advises ten minutes at most. */
    private static final Duration LIFE = Duration.ofMinutes(5);

    private static final int LONGEST_TEXT = 1024;
    private static final Pattern ERROR = Pattern.compile("[a-z_]{1,64}");

    private final TokenPolicy policy;
    private final Authorities authorities;
    private final TokenKeys keys;
    private final JwsSigner signer;
    private final AuditLog audit;
    private final Clock clock;

    AuthorizationResponseSigner(
            TokenPolicy policy,
            Authorities authorities,
            TokenKeys keys,
            JwsSigner signer,
            AuditLog audit,
            Clock clock) {
        this.policy = policy;
        this.authorities = authorities;
        this.keys = keys;
        this.signer = signer;
        this.audit = audit;
        this.clock = clock;
    }

    /** @return fails with invalid_request for what is no authorization response */
    Future<Signed> sign(SignAuthorizationResponse request) {
        Instant now = clock.instant();
        Client client = authorities.client(request.tenant(), request.client(), now, Code.INVALID_REQUEST);
        if (!isResponse(request)) {
            audit.refused(request.tenant(), "no_authorization_response");
            throw OAuthError.failure(Code.INVALID_REQUEST, "that is no authorization response");
        }
        return keys.find(client, algorithm(client))
                .compose(key ->
                        signer.sign(key, key.header(TokenType.AUTHORIZATION_RESPONSE), claims(client, request, now)))
                .map(Signed::new);
    }

    private static boolean isResponse(SignAuthorizationResponse request) {
        boolean isError =
                request.error() != null && ERROR.matcher(request.error()).matches();
        boolean isCode = request.code() != null && isText(request.code().reveal());
        return (isCode
                        ? request.error() == null && request.errorDescription() == null
                        : isError && request.code() == null)
                && isText(request.errorDescription())
                && isText(request.state());
    }

    private static boolean isText(@Nullable String text) {
        return text == null || text.length() <= LONGEST_TEXT;
    }

    private byte[] claims(Client client, SignAuthorizationResponse request, Instant now) {
        return ClaimsJson.object(json -> {
            json.writeStringField("iss", policy.issuerOf(client.tenant()));
            json.writeStringField("aud", client.clientId());
            ClaimsJson.time(json, "exp", now.plus(LIFE));
            ClaimsJson.text(
                    json, "code", request.code() == null ? null : request.code().reveal());
            ClaimsJson.text(json, "error", request.error());
            ClaimsJson.text(json, "error_description", request.errorDescription());
            ClaimsJson.text(json, "state", request.state());
        });
    }

    /** RS256 is the default of section 3, PS256 that of who may not have RS256. */
    private static IdTokenAlgorithm algorithm(Client client) {
        RequestDemands demands = client.extensions().requests();
        return demands == null || demands.responseAlgorithm() == null
                ? IdTokenAlgorithm.defaultOf(client.extensions())
                : demands.responseAlgorithm();
    }
}
