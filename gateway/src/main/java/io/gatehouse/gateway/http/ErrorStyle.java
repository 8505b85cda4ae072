package io.gatehouse.gateway.http;

import io.gatehouse.common.error.OAuthError;
import org.jspecify.annotations.Nullable;

/** How a path words an error. */
@FunctionalInterface
public interface ErrorStyle {
    Reply render(OAuthError error);

    /**
     * The style for a reader.
     *
     * @param acceptLanguage the header (RFC 9110, section 12.5.4); null: not sent
     */
    default ErrorStyle in(@Nullable String acceptLanguage) {
        return this;
    }
}
