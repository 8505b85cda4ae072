package io.gatehouse.gateway.oauth;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.model.AuthMethod;
import org.jspecify.annotations.Nullable;

/**
 * What a client showed of itself.
 *
 * @param method how it did
 * @param secret null where it only named itself
 */
public record ClientCredentials(
        AuthMethod method, String clientId, @Nullable Secret secret) {}
