package io.gatehouse.gateway.client;

import io.vertx.core.buffer.Buffer;

/**
 * What somebody else's URL answered; a redirect is an answer like any other.
 *
 * @param body hostile, of at most {@link GuardedHttpClient#LARGEST_BODY} bytes
 */
public record OutboundResponse(int status, Buffer body) {}
