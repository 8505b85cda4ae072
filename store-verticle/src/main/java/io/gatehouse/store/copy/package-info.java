/**
 * Copies a store into another one, of whatever back end: page by page, and again from where it was after a break.
 *
 * <p>It knows back ends as {@link io.gatehouse.store.copy.Copyable} only, and rows by what they are, not by what they mean.
 */
@NullMarked
package io.gatehouse.store.copy;

import org.jspecify.annotations.NullMarked;
