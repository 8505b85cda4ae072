package io.gatehouse.gateway.proxy.upstream;

import io.gatehouse.gateway.proxy.Route;

/** Which server of a service gets a request. Of one event loop. */
public interface Upstreams {
    /**
     * The way of one request.
     *
     * @param route that has upstreams
     * @param repeatable whether it may be done twice: GET, HEAD or OPTIONS, without a body
     */
    Attempts attempts(Route route, boolean repeatable);

    /** A request of the route was answered, by one of its servers or in their place. */
    void answered(Route route, int status);
}
