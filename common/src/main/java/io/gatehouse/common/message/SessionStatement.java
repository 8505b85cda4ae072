package io.gatehouse.common.message;

import java.time.Instant;
import java.util.List;

/**
 * The store's word that a browser session counts, and whose it is, for the token role: assertions for what is behind the front
 * door are made of it.
 *
 * @param authTime when the user last showed a password
 * @param expiresAt of this statement: a minute after it was made, since a gateway asks for one no more than every half minute
 * @param amr how the user logged in; empty from an older store
 */
public record SessionStatement(
        String tenant,
        String subject,
        String sid,
        List<String> roles,
        Instant authTime,
        Instant expiresAt,
        List<String> amr) {
    public SessionStatement {
        roles = List.copyOf(roles);
        amr = List.copyOf(amr);
    }
}
