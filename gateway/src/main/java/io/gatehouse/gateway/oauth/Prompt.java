package io.gatehouse.gateway.oauth;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** OpenID Connect Core, section 3.1.2.1. */
public enum Prompt {
    NONE,
    LOGIN,
    CONSENT,
    SELECT_ACCOUNT;

    /** Null where {@code registeredName} is none of ours. */
    static @Nullable Prompt of(String registeredName) {
        for (Prompt prompt : values()) {
            if (prompt.registeredName().equals(registeredName)) {
                return prompt;
            }
        }
        return null;
    }

    /** As in requests and metadata. */
    public String registeredName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
