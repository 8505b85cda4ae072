/**
 * How many requests a route lets pass, counted by this process or by all nodes together. It knows no route, and no HTTP but
 * headers.
 */
@NullMarked
package io.gatehouse.gateway.proxy.rate;

import org.jspecify.annotations.NullMarked;
