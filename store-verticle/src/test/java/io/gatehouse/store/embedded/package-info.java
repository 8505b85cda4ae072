/** The embedded store: the contract, and what is its own. */
package io.gatehouse.store.embedded;
