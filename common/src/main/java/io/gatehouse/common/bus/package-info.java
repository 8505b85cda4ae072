/**
 * How messages travel: one codec for all families, typed asking and serving, events. The only package that touches the
 * event bus.
 *
 * <p>It must not know what any message means.
 */
@NullMarked
package io.gatehouse.common.bus;

import org.jspecify.annotations.NullMarked;
