package io.gatehouse.common.model;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The claims about a user (OpenID Connect Core, sections 5.1 and 5.4), of what a profile holds. */
public final class StandardClaims {
    /** The {@code acr} (OpenID Connect Core, section 2) of a login by password. */
    public static final String ACR_PASSWORD = "urn:gatehouse:acr:password";
    /** Of one by password and second factor. */
    public static final String ACR_TWO_FACTORS = "urn:gatehouse:acr:mfa";

    /** Which scope value asks for which claims. */
    private static final Map<String, List<String>> BY_SCOPE = Map.of(
            "profile",
            List.of(
                    "name",
                    "family_name",
                    "given_name",
                    "middle_name",
                    "nickname",
                    "preferred_username",
                    "profile",
                    "picture",
                    "website",
                    "gender",
                    "birthdate",
                    "zoneinfo",
                    "locale",
                    "updated_at"),
            "email",
            List.of("email", "email_verified"),
            "phone",
            List.of("phone_number", "phone_number_verified"),
            "address",
            List.of("address"));

    private StandardClaims() {}

    /** All names that a client may ask for. */
    public static Set<String> names() {
        Set<String> all = new LinkedHashSet<>();
        for (String scope : List.of("profile", "email", "phone", "address")) {
            all.addAll(BY_SCOPE.getOrDefault(scope, List.of()));
        }
        return all;
    }

    /** Names of the claims that the scope asks for. */
    public static Set<String> namesOf(Scope scope) {
        Set<String> names = new LinkedHashSet<>();
        scope.values().forEach(value -> names.addAll(BY_SCOPE.getOrDefault(value, List.of())));
        return names;
    }

    /**
     * Values by name, without {@code sub}: text, Boolean, Long, or for {@code address} a map with {@code formatted}. What the
     * profile does not hold is left out.
     */
    public static Map<String, Object> of(UserProfile profile, Collection<String> names) {
        Map<String, Object> claims = new LinkedHashMap<>();
        for (String name : names) {
            Object value = value(profile, name);
            if (value != null) {
                claims.put(name, value);
            }
        }
        return claims;
    }

    private static @Nullable Object value(UserProfile profile, String name) {
        return switch (name) {
            case "name" -> profile.name();
            case "preferred_username" -> profile.username();
            case "email" -> profile.email();
            case "email_verified" -> profile.email() == null ? null : profile.emailVerified();
            case "phone_number" -> profile.phone();
            case "phone_number_verified" -> profile.phone() == null ? null : profile.phoneVerified();
            case "address" -> address(profile.claims().get(name));
            case "updated_at" -> null;
            default -> profile.claims().get(name);
        };
    }

    private static @Nullable Object address(@Nullable String formatted) {
        return formatted == null ? null : Map.of("formatted", formatted);
    }
}
