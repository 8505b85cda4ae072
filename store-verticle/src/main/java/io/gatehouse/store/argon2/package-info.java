/**
 * Argon2 (RFC 9106) in memory that is used again. Libraries take twenty thousand small arrays for each password, and what
 * they hold between passwords besides: under a storm of logins the collector then works more than the hash does.
 *
 * <p>It knows numbers and bytes, neither users nor passwords' rules.
 */
@NullMarked
package io.gatehouse.store.argon2;

import org.jspecify.annotations.NullMarked;
