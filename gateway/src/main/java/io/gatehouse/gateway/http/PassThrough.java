package io.gatehouse.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Requests that are passed on as they stream in, in place of being read whole and answered here. */
public interface PassThrough {
    /**
     * What became of a request.
     *
     * @param route the name of what it was for
     * @param reply what to answer in its place; null: its answer has been written, or its sender is gone
     */
    record Outcome(String route, @Nullable Reply reply) {}

    /**
     * Whether all paths of a host but those below {@code /.gatehouse/} are passed on or refused, so that no path of ours is
     * found there.
     *
     * @param authority as the request names it, well-formed or not
     */
    boolean owns(String authority);

    /**
     * Whether the operator named the host for services, also for those behind a proxy in front.
     *
     * @param authority as the request names it, well-formed or not
     */
    boolean knows(String authority);

    /**
     * Passes a request on whose body has not been read.
     *
     * @param exchange with an empty body
     * @return completes once its answer is known, or has been written; null: it is not for passing on
     */
    @Nullable
    Future<Outcome> pass(HttpServerRequest request, Exchange exchange);
}
