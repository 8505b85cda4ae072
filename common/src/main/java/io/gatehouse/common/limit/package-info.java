/** How often something may happen: the one algorithm of all limits, and whom an address stands for. */
@NullMarked
package io.gatehouse.common.limit;

import org.jspecify.annotations.NullMarked;
