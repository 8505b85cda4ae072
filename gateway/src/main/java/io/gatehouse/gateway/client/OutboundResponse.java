package io.gatehouse.gateway.client;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * What somebody else's URL answered; a redirect is an answer like any other.
 *
 * @param body hostile, of at most {@link GuardedHttpClient#LARGEST_BODY} bytes
 * @param cacheControl hostile; null: it has none, or more than one
 */
public record OutboundResponse(
        int status, Buffer body, @Nullable String cacheControl) {}
