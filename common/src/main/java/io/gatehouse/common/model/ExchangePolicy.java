package io.gatehouse.common.model;

import java.util.List;

/**
 * What a client may do by token exchange (RFC 8693).
 *
 * @param clients whose access tokens it may exchange, beside its own; {@code *}: those of any client of the tenant
 * @param impersonation whether it may have tokens that do not name it as the actor
 * @param delegation whether it may have tokens that name an actor ({@code act})
 */
public record ExchangePolicy(List<String> clients, boolean impersonation, boolean delegation) {
    public ExchangePolicy {
        clients = List.copyOf(clients);
    }
}
