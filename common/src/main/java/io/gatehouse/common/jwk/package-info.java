/**
 * Key sets of strangers (RFC 7517), read once and strictly, so that whoever uses them later sees public keys of usable kinds
 * only.
 *
 * <p>It must not know who has the keys, nor what they are for.
 */
@NullMarked
package io.gatehouse.common.jwk;

import org.jspecify.annotations.NullMarked;
