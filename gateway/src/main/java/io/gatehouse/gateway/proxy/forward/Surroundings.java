package io.gatehouse.gateway.proxy.forward;

import io.vertx.core.Vertx;

/**
 * What all requests through one event loop share.
 *
 * @param idleNanos how long a sender may neither send nor read what it began
 */
record Surroundings(Vertx vertx, Clients clients, OpenStreams open, ResponseHeaders headers, long idleNanos) {}
