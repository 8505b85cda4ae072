/**
 * How processes that are members of one cluster know each other, and write to each other so that nobody else can read, change, repeat or
 * make it.
 *
 * <p>It must not know what they write, nor how it travels.
 */
@NullMarked
package io.gatehouse.common.bus.seal;

import org.jspecify.annotations.NullMarked;
