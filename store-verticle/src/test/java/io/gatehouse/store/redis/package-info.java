/** The store on PostgreSQL and Redis, on real servers. */
package io.gatehouse.store.redis;
