package io.gatehouse.gateway.oauth;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.RequestedClaims;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.StandardClaims;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@code claims} parameter (OpenID Connect Core, section 5.5).
 *
 * @param claims of those that the client may have; null: none
 * @param subject whom the ID token must be about; null: anybody
 * @param twoFactors whether the acr that it wants is that of a login by two factors
 */
record ClaimsParameter(
        @Nullable RequestedClaims claims, @Nullable String subject, boolean twoFactors) {
    private static final int MAX_LENGTH = 4096;

    /**
     * @param text null: the request has none
     * @param ofClient claims that its scope does not speak of are forgotten, as unknown ones are
     * @throws io.gatehouse.common.error.OAuthFailure invalid_request, and unmet_authentication_requirements for an essential
     *     acr that we don't have
     */
    static ClaimsParameter parse(@Nullable String text, Scope ofClient) {
        if (text == null) {
            return new ClaimsParameter(null, null, false);
        }
        JsonObject all = object(text);
        JsonObject userinfo = member(all, "userinfo");
        JsonObject idToken = member(all, "id_token");
        boolean twoFactors = AcrValues.demandTwoFactors(acr(member(idToken, "acr")));
        Set<String> allowed = StandardClaims.namesOf(ofClient);
        RequestedClaims claims = new RequestedClaims(names(userinfo, allowed), names(idToken, allowed));
        return new ClaimsParameter(
                claims.isEmpty() ? null : claims, subject(idToken, subject(userinfo, null)), twoFactors);
    }

    private static List<String> names(JsonObject wishes, Set<String> allowed) {
        return wishes.fieldNames().stream().filter(allowed::contains).sorted().toList();
    }

    /** @param other that was asked for already; null: nobody */
    private static @Nullable String subject(JsonObject wishes, @Nullable String other) {
        Object value = member(wishes, "sub").getValue("value");
        if (value == null) {
            return other;
        }
        if (!(value instanceof String subject) || (other != null && !other.equals(subject))) {
            throw invalid("claims asks for a sub that nobody has");
        }
        return subject;
    }

    /** The values that would do; empty: any. Section 5.5.1.1: what is not essential may be left unmet. */
    private static List<String> acr(JsonObject wish) {
        Object value = wish.getValue("value");
        JsonArray values = wish.getValue("values") instanceof JsonArray array ? array : new JsonArray();
        List<?> wanted = value == null ? values.getList() : List.of(value);
        List<String> known = wanted.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
        if (Boolean.TRUE.equals(wish.getValue("essential")) && !wanted.isEmpty() && !AcrValues.haveOneOfOurs(known)) {
            throw OAuthError.failure(
                    Code.UNMET_AUTHENTICATION_REQUIREMENTS, "no login here has an acr that the claims parameter wants");
        }
        return known;
    }

    /** Empty where it is absent or null, which asks for the claim in no particular way. */
    private static JsonObject member(JsonObject parent, String name) {
        Object value = parent.getValue(name);
        if (value != null && !(value instanceof JsonObject)) {
            throw invalid("claims has a member that is neither an object nor null");
        }
        return value instanceof JsonObject object ? object : new JsonObject();
    }

    private static JsonObject object(String text) {
        if (text.length() > MAX_LENGTH) {
            throw invalid("claims is longer than " + MAX_LENGTH + " characters");
        }
        JsonObject object = StrictObject.parse(text);
        if (object == null) {
            throw invalid("claims must be one JSON object, with no member twice and not nested deeply");
        }
        return object;
    }

    private static RuntimeException invalid(String description) {
        return OAuthError.failure(Code.INVALID_REQUEST, description);
    }
}
