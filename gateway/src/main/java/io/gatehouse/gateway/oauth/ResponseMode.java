package io.gatehouse.gateway.oauth;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the answer of the authorization endpoint comes to the client (OAuth 2.0 Multiple Response Types; Form Post Response Mode;
 * JARM).
 */
public enum ResponseMode {
    QUERY,
    FRAGMENT,
    FORM_POST,
    QUERY_JWT,
    FRAGMENT_JWT,
    FORM_POST_JWT;

    /** The default of signed modes, which is that of codes. */
    private static final String SIGNED = "jwt";

    /** Null where {@code registeredName} is none of ours; QUERY where it is null, as is the rule for codes. */
    static @Nullable ResponseMode of(@Nullable String registeredName) {
        if (registeredName == null) {
            return QUERY;
        }
        if (registeredName.equals(SIGNED)) {
            return QUERY_JWT;
        }
        for (ResponseMode mode : values()) {
            if (mode.registeredName().equals(registeredName)) {
                return mode;
            }
        }
        return null;
    }

    /** As in requests and metadata. */
    public String registeredName() {
        return name().toLowerCase(Locale.ROOT).replace("_jwt", ".jwt");
    }

    /** All names in metadata. */
    static List<String> registeredNames() {
        return Stream.concat(Arrays.stream(values()).map(ResponseMode::registeredName), Stream.of(SIGNED))
                .toList();
    }

    /** Whether the answer is one JWT (JARM, section 2.3). */
    public boolean isSigned() {
        return this == QUERY_JWT || this == FRAGMENT_JWT || this == FORM_POST_JWT;
    }
}
