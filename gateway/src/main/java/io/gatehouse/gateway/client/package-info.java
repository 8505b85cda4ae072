/**
 * Requests to URLs that others chose: {@link io.gatehouse.gateway.client.GuardedHttpClient} is the only way to make one.
 * What is asked for and why is a matter of the caller, but for the keys of clients; this package does not know the bus.
 */
@NullMarked
package io.gatehouse.gateway.client;

import org.jspecify.annotations.NullMarked;
