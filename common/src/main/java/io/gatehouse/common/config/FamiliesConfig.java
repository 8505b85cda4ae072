package io.gatehouse.common.config;

/**
 * Families of paths that issue tokens beside {@code /oauth2/token}.
 *
 * @param login {@code /auth/*}
 * @param babelbird {@code /api/*.do}
 */
public record FamiliesConfig(
        @Key(doc = "The family of /auth/login, /auth/refresh, /auth/logout and /auth/me.")
        FamilyConfig login,

        @Key(doc = "The family of /api/authorizeByJWT.do, /api/token.do and /api/refreshToken.do.")
        BabelbirdConfig babelbird) {}
