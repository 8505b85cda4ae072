/**
 * How numbers about a running process are written down for those who watch it.
 *
 * <p>It must not know what is counted.
 */
@NullMarked
package io.gatehouse.common.metric;

import org.jspecify.annotations.NullMarked;
