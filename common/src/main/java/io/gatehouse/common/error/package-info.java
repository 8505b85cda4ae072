/**
 * Errors as values: what went wrong in terms of the protocol, one table of codes with HTTP status and bus number, and
 * the one exception that carries such a value through a failed future.
 *
 * <p>It must not know how a route words an error: styles live in the gateway, vendor numbers beside their API.
 */
@NullMarked
package io.gatehouse.common.error;

import org.jspecify.annotations.NullMarked;
