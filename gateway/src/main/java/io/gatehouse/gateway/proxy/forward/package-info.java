/**
 * Passes requests on to the services behind the routes, and their answers back: streaming both ways, over HTTP/1.1 and HTTP/2,
 * WebSockets among them. On the client of Vert.x itself: trailers, early answers, and streams that end with the token that
 * opened them, need both ends of each exchange in one hand.
 */
@NullMarked
package io.gatehouse.gateway.proxy.forward;

import org.jspecify.annotations.NullMarked;
