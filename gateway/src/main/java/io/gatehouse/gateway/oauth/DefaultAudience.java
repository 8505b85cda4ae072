package io.gatehouse.gateway.oauth;

import io.gatehouse.common.verify.AccessToken;
import org.jspecify.annotations.Nullable;

/**
 * Whom an access token is for that was asked for without a resource: this installation.
 *
 * @param configured null: each tenant's issuer
 */
public record DefaultAudience(@Nullable String configured) {
    /** Whether the token is for it. */
    public boolean isOf(AccessToken token) {
        return token.audience().contains(configured == null ? token.issuer() : configured);
    }
}
