package io.gatehouse.gateway.oauth;

import io.gatehouse.common.model.IdTokenAlgorithm;
import io.gatehouse.common.model.SigningAlgorithm;
import io.gatehouse.common.model.StandardClaims;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the provider can do, by the names of its metadata (OpenID Connect Discovery, section 3; RFC 8414; RFC 9101, section
 * 10.5; RFC 9207; JARM): values are Boolean or lists of text.
 */
public final class OpenIdMetadata {
    /** Of the ID token itself. */
    private static final List<String> PROTOCOL_CLAIMS =
            List.of("iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", "azp", "at_hash", "sid");

    /** No profile holds when it was changed. */
    private static final String NEVER_SUPPLIED = "updated_at";

    private OpenIdMetadata() {}

    /** Where there is an authorization endpoint. */
    public static Map<String, Object> authorization() {
        Map<String, Object> all = new TreeMap<>();
        all.put("response_types_supported", List.of("code"));
        all.put("response_modes_supported", ResponseMode.registeredNames());
        all.put("authorization_signing_alg_values_supported", algorithms());
        all.put("code_challenge_methods_supported", List.of(CodeChallenge.METHOD));
        all.put("authorization_response_iss_parameter_supported", true);
        all.put(
                "prompt_values_supported",
                Arrays.stream(Prompt.values()).map(Prompt::registeredName).toList());
        all.put("request_parameter_supported", true);
        all.put("require_signed_request_object", false);
        all.put(
                "request_object_signing_alg_values_supported",
                Arrays.stream(SigningAlgorithm.values())
                        .map(SigningAlgorithm::jwsName)
                        .toList());
        all.put("request_uri_parameter_supported", true);
        all.put("require_request_uri_registration", true);
        all.put("ui_locales_supported", List.of("en", "de"));
        all.putAll(idTokens());
        return all;
    }

    /** Where there is a userinfo endpoint. */
    public static Map<String, Object> userinfo() {
        return Map.of("userinfo_signing_alg_values_supported", algorithms());
    }

    /** Where tokens can be introspected (RFC 9701, section 7). */
    public static Map<String, Object> introspection() {
        return Map.of("introspection_signing_alg_values_supported", algorithms());
    }

    /** Where sessions can be ended. */
    public static Map<String, Object> logout() {
        return Map.of("backchannel_logout_supported", true, "backchannel_logout_session_supported", true);
    }

    private static Map<String, Object> idTokens() {
        return Map.of(
                "scopes_supported",
                List.of("openid", "profile", "email", "phone", "address", "offline_access"),
                "claims_supported",
                claims(),
                "claims_parameter_supported",
                true,
                "claim_types_supported",
                List.of("normal"),
                "subject_types_supported",
                List.of("public", "pairwise"),
                "acr_values_supported",
                AcrValues.SUPPORTED,
                "id_token_signing_alg_values_supported",
                algorithms());
    }

    private static List<String> claims() {
        List<String> names = new ArrayList<>(PROTOCOL_CLAIMS);
        names.addAll(StandardClaims.names());
        names.remove(NEVER_SUPPLIED);
        return names;
    }

    private static List<String> algorithms() {
        return Arrays.stream(IdTokenAlgorithm.values())
                .map(IdTokenAlgorithm::jwsName)
                .toList();
    }
}
