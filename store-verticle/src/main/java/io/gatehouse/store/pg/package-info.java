/**
 * The store on PostgreSQL: the pool and the schema's migrations, and each part of the store as statements.
 *
 * <p>Correctness lies in single statements and transactions of the server, never in memory of this process: any number of
 * nodes work on one database. It must not know the bus, what a ticket is, or how a request was authenticated.
 */
@NullMarked
package io.gatehouse.store.pg;

import org.jspecify.annotations.NullMarked;
