/**
 * The store on PostgreSQL and Redis: what lives for minutes (authorization codes, requests of devices, pushed requests,
 * one-time values, limits) is Redis's, everything else the other store's. Atomic scripts decide there, for any number of nodes.
 *
 * <p>Nothing that was granted depends on what Redis remembers. A code names its grant, and a grant is opened once, in
 * PostgreSQL: no code gives twice, even where Redis lost everything or went back to an older state. What the loss of a
 * server costs: codes under way may be unknown, a replay of a lost code no longer ends its grant, limits start anew, and
 * for about a minute clients' JWTs are refused that may have been presented before. What can't be told: that Redis evicted
 * a single value (hence {@code noeviction}), and that two masters answer at once, each to some nodes; a JWT may then count
 * once on either side.
 *
 * <p>All nodes of a store must use the same Redis, or none. In a cluster, spent values lie in one slot, and limits in
 * another, so that one script sees them together.
 *
 * <p>It must not know the bus, nor what a ticket is.
 */
@NullMarked
package io.gatehouse.store.redis;

import org.jspecify.annotations.NullMarked;
