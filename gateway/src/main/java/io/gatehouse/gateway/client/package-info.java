/**
 * Requests to URLs that others chose: {@link io.gatehouse.gateway.client.GuardedHttpClient} is the only way to make one.
 * What is asked for and why is a matter of the caller; this package knows neither the protocol nor the bus.
 */
@NullMarked
package io.gatehouse.gateway.client;

import org.jspecify.annotations.NullMarked;
