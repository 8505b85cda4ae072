package io.gatehouse.gateway.oauth;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the answer of the authorization endpoint comes to the client (OAuth 2.0 Multiple Response Types; Form Post Response Mode). */
public enum ResponseMode {
    QUERY,
    FRAGMENT,
    FORM_POST;

    /** Null where {@code registeredName} is none of ours; QUERY where it is null, as is the rule for codes. */
    static @Nullable ResponseMode of(@Nullable String registeredName) {
        if (registeredName == null) {
            return QUERY;
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
        return name().toLowerCase(Locale.ROOT);
    }
}
