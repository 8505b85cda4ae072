package io.gatehouse.token;

import io.gatehouse.common.config.BootstrapClient;
import io.gatehouse.common.model.OAuthRegistration;
import org.jspecify.annotations.Nullable;

/** What a client of the configuration declares for extensions of OAuth 2.0, in the words of the domain. */
final class BootstrapExtensions {
    private BootstrapExtensions() {}

    /** Null where it declares nothing, as if nothing were written: what a start before these keys stored is no other client. */
    static @Nullable OAuthRegistration of(BootstrapClient declared) {
        OAuthRegistration registration =
                new OAuthRegistration(null, null, declared.dpopBoundAccessTokens(), null, null);
        return registration.equals(OAuthRegistration.DEFAULT) ? null : registration;
    }
}
