package io.gatehouse.common.message;

import java.time.Instant;

/**
 * The store's word that a session ended, for the token role.
 *
 * @param clientId that is to hear of it
 * @param subject whose session it was
 * @param expiresAt of this statement
 */
public record LogoutStatement(String tenant, String clientId, String subject, String sid, Instant expiresAt) {}
