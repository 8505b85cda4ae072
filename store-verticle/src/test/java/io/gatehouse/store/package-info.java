/** What every back end must pass ({@link io.gatehouse.store.StoreContract}), and the store role over a real bus. */
package io.gatehouse.store;
