package io.gatehouse.gateway.oauth;

import io.gatehouse.common.model.Scope;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** RFC 6749, section 6. */
final class RefreshTokenGrant implements Grant {
    private final RefreshService refreshes;

    RefreshTokenGrant(RefreshService refreshes) {
        this.refreshes = refreshes;
    }

    @Override
    public String grantType() {
        return "refresh_token";
    }

    @Override
    public Future<TokenResponse> grant(GrantRequest request) {
        String token = request.parameters().require("refresh_token");
        Scope scope = scope(request.parameters().get("scope"));
        return refreshes.refresh(request.client(), token, scope, request.terms());
    }

    private static @Nullable Scope scope(@Nullable String requested) {
        return requested == null ? null : Scope.parse(requested);
    }
}
