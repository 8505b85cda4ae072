package io.gatehouse.common.config;

/**
 * Families of paths that issue tokens beside {@code /oauth2/token}.
 *
 * @param login {@code /auth/*}
 * @param babelbird {@code /api/*.do}
 * @param loginradius {@code /sso/jwt/*}, {@code /api/jwt/*} and {@code /identity/v2/*}
 */
public record FamiliesConfig(
        @Key(doc = "The family of /auth/login, /auth/refresh, /auth/logout and /auth/me.")
        FamilyConfig login,

        @Key(doc = "The family of /api/authorizeByJWT.do, /api/token.do and /api/refreshToken.do.")
        BabelbirdConfig babelbird,

        @Key(
                doc = "The family of /sso/jwt/api/*, /api/jwt/* and /identity/v2/auth/*.",
                defaults = {"refresh_ttl=P60D", "refresh_idle_ttl=P60D"})
        FamilyConfig loginradius) {}
