/**
 * The store role: answers the store's families of messages, checks passwords and throttles, and vouches in tickets for
 * what the store knows. What a back end must do is said in {@link io.gatehouse.store.Store} and proven by the
 * {@code StoreContract} of the tests.
 *
 * <p>It sees digests of codes and refresh tokens and sealed keys only. It must not know HTTP, tokens or signing, and
 * asks nobody on a request's path.
 */
@NullMarked
package io.gatehouse.store;

import org.jspecify.annotations.NullMarked;
