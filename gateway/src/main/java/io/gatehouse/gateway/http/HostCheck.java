package io.gatehouse.gateway.http;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.Locale;
import java.util.Set;

/**
 * Which Host headers are answered. A demo with well-known passwords answers loopback names only, so that no web page can
 * reach it under a name of its own (DNS rebinding).
 */
@FunctionalInterface
interface HostCheck {
    Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]", "::1");

    /** @throws io.gatehouse.common.error.OAuthFailure where the request is for somebody else */
    void check(HttpServerRequest request);

    static HostCheck any() {
        return request -> {};
    }

    static HostCheck loopbackOnly() {
        return request -> {
            HostAndPort authority = request.authority();
            if (authority == null || !LOOPBACK.contains(authority.host().toLowerCase(Locale.ROOT))) {
                throw OAuthError.failure(
                        Code.NOT_ACCEPTABLE_HERE, "the demo answers to 127.0.0.1 and localhost only: use such a URL");
            }
        };
    }
}
