/**
 * The front door: which route a request is for, whether it may go on, and who its upstream is told it comes from.
 *
 * <p>It must not know how a token is made, nor what is behind a route.
 */
@NullMarked
package io.gatehouse.gateway.proxy;

import org.jspecify.annotations.NullMarked;
