package io.gatehouse.token;

import io.gatehouse.common.config.BootstrapTenant;
import io.gatehouse.common.config.JwkSet;
import io.gatehouse.common.config.TrustedIssuerConfig;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.Scope;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whose assertions about users each tenant trusts. Read from this node's configuration and from nowhere else: whoever writes to
 * the store can't add one.
 */
final class TrustedIssuers {
    private record Key(String tenant, String issuer) {}

    /**
     * One of them.
     *
     * @param jwks null: its keys are at {@code jwksUri}
     * @param algorithms JWS names
     * @param named by which kind of name it knows users; null: by our subjects
     * @param scope null: as the client's
     */
    record TrustedIssuer(
            String issuer,
            @Nullable String jwks,
            @Nullable String jwksUri,
            List<String> algorithms,
            LoginName.@Nullable Kind named,
            List<String> clients,
            @Nullable Scope scope,
            Duration maxLife) {}

    private static final List<String> ANY_ALGORITHM = List.of("ES256", "RS256", "PS256", "EdDSA");

    private final Map<Key, TrustedIssuer> issuers = new HashMap<>();

    TrustedIssuers(List<BootstrapTenant> tenants) {
        for (BootstrapTenant tenant : tenants) {
            for (TrustedIssuerConfig config : tenant.trustedIssuers()) {
                issuers.put(new Key(tenant.id(), config.issuer()), read(config));
            }
        }
    }

    /** Null where the tenant does not trust it. */
    @Nullable
    TrustedIssuer find(String tenant, String issuer) {
        return issuers.get(new Key(tenant, issuer));
    }

    private static TrustedIssuer read(TrustedIssuerConfig config) {
        JwkSet jwks = config.jwks();
        String scope = config.scope();
        return new TrustedIssuer(
                config.issuer(),
                jwks == null ? null : jwks.publicKeys(),
                config.jwksUri(),
                config.algorithms().isEmpty() ? ANY_ALGORITHM : config.algorithms(),
                config.subject().equals("subject")
                        ? null
                        : LoginName.Kind.valueOf(config.subject().toUpperCase(Locale.ROOT)),
                config.clients(),
                scope == null ? null : Scope.parse(scope),
                config.maxLife());
    }
}
