package io.gatehouse.gateway.oauth;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.TokenFamily;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a request asks for, once it is known where its answer goes (RFC 6749, section 4.1.1; OpenID Connect Core, section
 * 3.1.2.1). What it throws is for the client.
 */
final class AuthorizationReader {
    /** What a client that names no scope does not mean: these change what else must be in the request. */
    private static final Scope NAMED_ONLY = new Scope(List.of("openid", "offline_access"));

    private static final Scope OFFLINE = new Scope(List.of("offline_access"));
    private static final int MAX_NONCE = 255;
    private static final int MAX_LOGIN_HINT = 200;

    private final TokenFamily family;
    private final Client client;
    private final ReturnAddress back;
    private final Parameters parameters;
    private final @Nullable CodeId pushed;
    private final RequestedAccessReader access;

    /** @param pushed the pushed request that the parameters are of; null: of none */
    AuthorizationReader(
            TokenFamily family,
            Client client,
            ReturnAddress back,
            Parameters parameters,
            @Nullable CodeId pushed,
            RequestedAccessReader access) {
        this.family = family;
        this.client = client;
        this.back = back;
        this.parameters = parameters;
        this.pushed = pushed;
        this.access = access;
    }

    /** Who is wished to be there; null: anybody. */
    @Nullable
    String idTokenHint() {
        return family == TokenFamily.OAUTH ? parameters.get("id_token_hint") : null;
    }

    /**
     * What it asks for. Whom {@code claims} names is not looked up, nor whom {@code id_token_hint} does.
     *
     * @throws io.gatehouse.common.error.OAuthFailure what is wrong
     */
    AuthorizationRequest read(Instant now) {
        checkEcho("state", back.state());
        boolean standard = family == TokenFamily.OAUTH;
        if (standard) {
            checkUnsupported();
        }
        checkResponseType();
        return standard ? standard(now) : vendors(now);
    }

    private AuthorizationRequest standard(Instant now) {
        Fapi.checkAnswer(client, back);
        Scope scope = scope(client, parameters);
        String nonce = bounded("nonce", MAX_NONCE);
        String challenge = CodeChallenge.read(client, parameters, nonce != null && scope.contains("openid"));
        ClaimsParameter claims = ClaimsParameter.parse(parameters.get("claims"), client.scope());
        return new AuthorizationRequest(
                client.tenant(),
                family,
                client.clientId(),
                back.redirectUri(),
                back.mode(),
                scope,
                back.state(),
                nonce,
                challenge,
                prompt(),
                MaxAge.read(parameters.get("max_age"), client),
                bounded("login_hint", MAX_LOGIN_HINT),
                claims.subject(),
                UiLocales.of(parameters),
                claims.claims(),
                null,
                now,
                back.given(),
                pushed,
                confirmation(),
                access.read(client, parameters),
                claims.twoFactors() || AcrValues.demandTwoFactors(AcrValues.read(parameters.get("acr_values"))));
    }

    /** The vendor's path has parameters of its own, and no scope: what the client may have is what it gets. */
    private AuthorizationRequest vendors(Instant now) {
        checkEcho("data", back.echo());
        if (client.isPublic()) {
            // Without PKCE, whoever caught the code could spend it.
            throw refused(Code.UNAUTHORIZED_CLIENT, "a public client must use /oauth2/authorize, with PKCE");
        }
        return new AuthorizationRequest(
                client.tenant(),
                family,
                client.clientId(),
                back.redirectUri(),
                back.mode(),
                client.scope().without(NAMED_ONLY),
                back.state(),
                null,
                null,
                List.of(),
                MaxAge.read(null, client),
                null,
                null,
                List.of(),
                null,
                back.echo(),
                now,
                back.given(),
                pushed,
                null,
                null,
                false);
    }

    private void checkUnsupported() {
        if (parameters.get("registration") != null) {
            throw refused(Code.REGISTRATION_NOT_SUPPORTED, "the parameter registration is not supported: leave it out");
        }
        if (ResponseMode.of(parameters.get("response_mode")) == null) {
            throw invalid("response_mode must be one of response_modes_supported");
        }
    }

    private void checkResponseType() {
        if (!parameters.require("response_type").equals("code")) {
            throw refused(Code.UNSUPPORTED_RESPONSE_TYPE, "response_type must be code");
        }
        if (!client.mayUse("authorization_code") || !client.responseTypes().contains("code")) {
            throw refused(Code.UNAUTHORIZED_CLIENT, "this client is not registered for response_type code");
        }
    }

    /** What is asked for, within what the client may have. */
    static Scope scope(Client client, Parameters parameters) {
        String text = parameters.get("scope");
        Scope named = text == null ? Scope.EMPTY : Scope.parse(text);
        if (named.isEmpty()) {
            return RequestedAccessReader.isForDetails(parameters)
                    ? Scope.EMPTY
                    : client.scope().without(NAMED_ONLY);
        }
        if (!client.scope().covers(named)) {
            throw refused(Code.INVALID_SCOPE, "scope has a value that this client is not registered for");
        }
        // Without refresh tokens nothing of it could outlive the session.
        return client.mayUse("refresh_token") ? named : named.without(OFFLINE);
    }

    /** RFC 9449, section 10; null: the code is to be bound to no key. */
    private @Nullable String confirmation() {
        String thumbprint = parameters.get("dpop_jkt");
        if (thumbprint != null && !CodeChallenge.isDigest(thumbprint)) {
            throw invalid("dpop_jkt must be the SHA-256 thumbprint of a JWK: 43 characters of base64url");
        }
        return thumbprint;
    }

    private List<Prompt> prompt() {
        String text = parameters.get("prompt");
        Set<Prompt> prompts = EnumSet.noneOf(Prompt.class);
        for (String word : words(text)) {
            Prompt prompt = Prompt.of(word);
            if (prompt == null) {
                throw invalid("prompt has a value that the metadata does not list in prompt_values_supported");
            }
            prompts.add(prompt);
        }
        if (prompts.size() > 1 && prompts.contains(Prompt.NONE)) {
            throw invalid("prompt has none beside another value");
        }
        return List.copyOf(prompts);
    }

    private @Nullable String bounded(String name, int most) {
        String value = parameters.get(name);
        if (value != null && (value.length() > most || value.chars().anyMatch(Character::isISOControl))) {
            throw invalid(name + " must be text of at most " + most + " characters");
        }
        return value;
    }

    /** @param echoed null where it is no good, or absent */
    private void checkEcho(String name, @Nullable String echoed) {
        if (echoed == null && parameters.get(name) != null) {
            throw invalid(name + " must be text of at most " + ReturnAddress.MAX_ECHO + " characters");
        }
    }

    private static List<String> words(@Nullable String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
    }

    private static RuntimeException invalid(String description) {
        return refused(Code.INVALID_REQUEST, description);
    }

    private static RuntimeException refused(Code code, String description) {
        return OAuthError.failure(code, description);
    }
}
