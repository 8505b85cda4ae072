/**
 * The small language in which an operator says what must be true of whoever sends a request. It knows nothing of tokens, routes
 * and configuration.
 */
@NullMarked
package io.gatehouse.common.claims;

import org.jspecify.annotations.NullMarked;
