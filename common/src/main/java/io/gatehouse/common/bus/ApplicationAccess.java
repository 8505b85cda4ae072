package io.gatehouse.common.bus;

import io.gatehouse.common.crypto.Secret;
import java.util.Set;

/**
 * What another Vert.x application may do over the bus.
 *
 * @param id its name there
 * @param secret that it and the gateway role share; at least 32 characters
 * @param tenant whose tokens and users it deals with
 * @param operations by name; all others are refused
 */
public record ApplicationAccess(String id, Secret secret, String tenant, Set<String> operations) {
    public ApplicationAccess {
        operations = Set.copyOf(operations);
    }
}
