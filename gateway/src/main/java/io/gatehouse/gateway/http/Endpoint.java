package io.gatehouse.gateway.http;

import io.vertx.core.Future;

/** What answers at one path. A failed future or an exception is written in the style of the path. */
@FunctionalInterface
public interface Endpoint {
    Future<Reply> handle(Exchange exchange);
}
