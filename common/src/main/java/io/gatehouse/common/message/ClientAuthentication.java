package io.gatehouse.common.message;

import java.time.Instant;

/**
 * The token role's word that a client authenticated by an assertion, for itself.
 *
 * @param clientEpoch generation of the client
 * @param expiresAt five seconds after it was made
 */
public record ClientAuthentication(String tenant, String clientId, long clientEpoch, Instant expiresAt) {}
