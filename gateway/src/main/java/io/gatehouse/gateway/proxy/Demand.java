package io.gatehouse.gateway.proxy;

import io.vertx.core.Future;

/** What a request must show, and how that is looked at. */
interface Demand {
    /** Fails with {@code OAuthFailure} only where it can't be told; what is lacking is said in the verdict. */
    Future<Verdict> meet(Route route, Visit visit);
}
