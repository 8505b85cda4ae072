package io.gatehouse.common.message;

import io.gatehouse.common.model.Client;
import java.time.Instant;

/**
 * The token role's word that a client that nobody declared is made of what it told of itself, for the store.
 *
 * @param client its {@code version}: of the one that it is to replace; 0: of none
 * @param notAfter from when on it counts no more
 */
public record ClientDraft(Client client, Instant notAfter) {}
