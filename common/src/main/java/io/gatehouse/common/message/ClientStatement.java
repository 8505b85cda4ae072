package io.gatehouse.common.message;

import io.gatehouse.common.model.Client;
import java.time.Instant;

/**
 * The store's word on a client, for the token role.
 *
 * @param notAfter from when on the token role wants a newer word
 */
public record ClientStatement(Client client, Instant notAfter) {}
