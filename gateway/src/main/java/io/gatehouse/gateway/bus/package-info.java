/**
 * The event-bus door: the same protocol as over HTTP, for other Vert.x applications.
 *
 * <p>It must not know how messages travel or prove whose they are.
 */
@NullMarked
package io.gatehouse.gateway.bus;

import org.jspecify.annotations.NullMarked;
