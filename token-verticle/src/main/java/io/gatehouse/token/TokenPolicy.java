package io.gatehouse.token;

import io.gatehouse.common.config.GatehouseConfig;
import io.gatehouse.common.config.TokensConfig;
import io.gatehouse.common.model.SigningAlgorithm;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.TokenFamily;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What this installation decides about its tokens; no request has a say in it.
 *
 * @param issuer of the default tenant
 * @param audience of every token; null: the tenant's issuer
 * @param algorithm where neither the client nor its ticket names one
 */
record TokenPolicy(
        String issuer, @Nullable String audience, Map<TokenFamily, Duration> lifetimes, SigningAlgorithm algorithm) {
    static TokenPolicy of(GatehouseConfig config) {
        TokensConfig tokens = config.tokens();
        Map<TokenFamily, Duration> lifetimes = new EnumMap<>(TokenFamily.class);
        for (TokenFamily family : TokenFamily.values()) {
            lifetimes.put(family, lifetime(tokens, family));
        }
        return new TokenPolicy(
                config.issuerAt(config.server().port()).toString(),
                tokens.defaultAudience(),
                lifetimes,
                SigningAlgorithm.of(tokens.signingAlgorithm()));
    }

    String issuerOf(String tenant) {
        return Tenant.issuer(issuer, tenant);
    }

    String audienceOf(String tenant) {
        return audience == null ? issuerOf(tenant) : audience;
    }

    Duration lifetime(TokenFamily family) {
        return lifetimes.getOrDefault(family, Duration.ZERO);
    }

    private static Duration lifetime(TokensConfig tokens, TokenFamily family) {
        return switch (family) {
            case LOGIN -> tokens.families().login().accessTtl();
            case BABELBIRD -> tokens.families().babelbird().accessTtl();
            case LOGINRADIUS -> tokens.families().loginradius().accessTtl();
            case OAUTH -> tokens.accessTtl();
        };
    }
}
