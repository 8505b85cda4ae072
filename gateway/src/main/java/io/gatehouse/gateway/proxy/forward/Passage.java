package io.gatehouse.gateway.proxy.forward;

import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.proxy.Route;
import io.gatehouse.gateway.proxy.Verdict;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * A request that may go on.
 *
 * @param target as the upstream gets it
 */
record Passage(HttpServerRequest request, Exchange exchange, Verdict.Passed passed, String target) {
    Route route() {
        return passed.route();
    }

    /** Whether it may be done twice. */
    boolean isRepeatable() {
        HttpMethod method = request.method();
        boolean safe =
                method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD) || method.equals(HttpMethod.OPTIONS);
        return safe && !exchange.expectsBody() && !asksForWebSocket();
    }

    /** RFC 6455, section 4.1. Other protocols are not passed on. */
    boolean asksForWebSocket() {
        return request.version() == HttpVersion.HTTP_1_1
                && request.method().equals(HttpMethod.GET)
                && "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))
                && HopHeaders.names(request.headers(), HttpHeaders.CONNECTION, "upgrade")
                && !exchange.expectsBody();
    }
}
