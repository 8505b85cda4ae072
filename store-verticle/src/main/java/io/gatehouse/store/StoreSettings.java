package io.gatehouse.store;

import io.gatehouse.common.config.GatehouseConfig;
import io.gatehouse.common.config.LimitsConfig;
import io.gatehouse.common.config.RevocationConfig;
import io.gatehouse.common.config.SessionsConfig;
import io.gatehouse.common.config.StoreConfig;
import io.gatehouse.common.config.TokensConfig;

/** The sections of the configuration that the store role reads. */
public record StoreSettings(
        StoreConfig store,
        TokensConfig tokens,
        LimitsConfig limits,
        RevocationConfig revocation,
        SessionsConfig sessions) {
    public static StoreSettings of(GatehouseConfig config) {
        return new StoreSettings(
                config.store(), config.tokens(), config.limits(), config.revocation(), config.sessions());
    }
}
