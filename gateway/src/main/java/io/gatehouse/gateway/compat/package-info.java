/**
 * The vendor APIs: one file per family, plus its error body. Each translates between a vendor's HTTP and the services of
 * the protocol.
 *
 * <p>Vendor names and numbers live here and nowhere else.
 */
@NullMarked
package io.gatehouse.gateway.compat;

import org.jspecify.annotations.NullMarked;
