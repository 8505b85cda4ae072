package io.gatehouse.gateway.proxy.forward;

import io.vertx.core.Vertx;

/** What all requests through one event loop share. */
record Surroundings(Vertx vertx, Clients clients, OpenStreams open, ResponseHeaders headers, Silence silence) {}
