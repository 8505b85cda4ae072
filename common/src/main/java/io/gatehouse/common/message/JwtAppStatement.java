package io.gatehouse.common.message;

import io.gatehouse.common.model.JwtApp;
import java.time.Instant;

/**
 * The store's word on a JWT app, for the token role.
 *
 * @param notAfter from when on the token role wants a newer word
 */
public record JwtAppStatement(JwtApp app, Instant notAfter) {}
