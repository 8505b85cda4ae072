package io.gatehouse.gateway.oauth;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.TokenFamily;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the answer to an authorization request goes, and what goes along with it whatever it says.
 *
 * @param clientId whose it is
 * @param given whether the request named the redirect URI
 * @param state null: none
 * @param echo the vendor's own {@code data}; null: none
 * @param issuer RFC 9207; null: the path knows no such parameter
 */
record ReturnAddress(
        String clientId,
        String redirectUri,
        boolean given,
        ResponseMode mode,
        @Nullable String state,
        @Nullable String echo,
        @Nullable String issuer) {
    static final int MAX_ECHO = 1024;

    /**
     * Whatever else is wrong with the request, its client is told there; so what is no good of mode, state and echo is left
     * out.
     *
     * @throws io.gatehouse.common.error.OAuthFailure invalid_request where nobody may be sent anywhere
     */
    static ReturnAddress read(Client client, TokenFamily family, Parameters parameters, String issuer) {
        boolean standard = family == TokenFamily.OAUTH;
        String given = parameters.get("redirect_uri");
        ResponseMode mode = standard ? ResponseMode.of(parameters.get("response_mode")) : ResponseMode.QUERY;
        return new ReturnAddress(
                client.clientId(),
                given == null ? only(client, standard && !isOpenId(parameters)) : checked(client, given),
                given != null,
                mode == null ? ResponseMode.QUERY : mode,
                echoable(parameters.get("state")),
                standard ? null : echoable(parameters.get("data")),
                standard ? issuer : null);
    }

    static ReturnAddress of(AuthorizationRequest request, String issuer) {
        return new ReturnAddress(
                request.clientId(),
                request.redirectUri(),
                request.redirectUriGiven(),
                request.responseMode(),
                request.state(),
                request.echo(),
                request.family() == TokenFamily.OAUTH ? issuer : null);
    }

    AuthorizationResponse code(Secret code) {
        return answer(Map.of("code", code.reveal()));
    }

    /** @param description safe to show, without quotation marks (RFC 6749, section 4.1.2.1) */
    AuthorizationResponse error(Code code, String description) {
        Map<String, String> error = new LinkedHashMap<>();
        error.put("error", code.error());
        error.put("error_description", description);
        return answer(error);
    }

    /** Null where it is absent, too long to be sent back, or no text. */
    static @Nullable String echoable(@Nullable String value) {
        boolean good =
                value != null && value.length() <= MAX_ECHO && value.chars().noneMatch(Character::isISOControl);
        return good ? value : null;
    }

    private AuthorizationResponse answer(Map<String, String> what) {
        Map<String, String> all = new LinkedHashMap<>(what);
        putGiven(all, "data", echo);
        putGiven(all, "state", state);
        putGiven(all, "iss", issuer);
        return new AuthorizationResponse(clientId, redirectUri, mode, all);
    }

    private static void putGiven(Map<String, String> all, String name, @Nullable String value) {
        if (value != null) {
            all.put(name, value);
        }
    }

    /** RFC 6749, section 3.1.2.3: with one registered it need not be named; OpenID Connect wants it named always. */
    private static String only(Client client, boolean mayBeAbsent) {
        if (!mayBeAbsent || client.redirectUris().size() != 1) {
            throw refused("redirect_uri is missing");
        }
        return checked(client, client.redirectUris().get(0));
    }

    private static String checked(Client client, String redirectUri) {
        if (!RedirectUris.isOf(client, redirectUri)) {
            throw refused("redirect_uri is not registered for this client");
        }
        return redirectUri;
    }

    private static boolean isOpenId(Parameters parameters) {
        String scope = parameters.get("scope");
        return scope != null && (" " + scope + " ").contains(" openid ");
    }

    private static RuntimeException refused(String description) {
        return OAuthError.failure(Code.INVALID_REQUEST, description);
    }
}
