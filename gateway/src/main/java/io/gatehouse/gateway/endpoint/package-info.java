/**
 * The standard endpoints, one file each: HTTP in, a service of the protocol, HTTP out.
 *
 * <p>It must not know the bus, nor any vendor's API.
 */
@NullMarked
package io.gatehouse.gateway.endpoint;

import org.jspecify.annotations.NullMarked;
