/** Copies of stores, on real files and a real database. */
package io.gatehouse.store.copy;
