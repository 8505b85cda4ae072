package io.gatehouse.common.config;

/**
 * Families of paths that issue tokens beside {@code /oauth2/token}.
 *
 * @param login {@code /auth/*}
 */
public record FamiliesConfig(
        @Key(doc = "The family of /auth/login, /auth/refresh, /auth/logout and /auth/me.")
        FamilyConfig login) {}
