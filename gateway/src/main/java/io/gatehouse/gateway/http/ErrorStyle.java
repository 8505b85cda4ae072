package io.gatehouse.gateway.http;

import io.gatehouse.common.error.OAuthError;

/** How a path words an error. */
@FunctionalInterface
public interface ErrorStyle {
    Reply render(OAuthError error);
}
