/**
 * What everybody needs who checks access tokens for himself: what such a token says, and what of it was revoked.
 *
 * <p>It must not know how signatures are checked, nor who asks.
 */
@NullMarked
package io.gatehouse.common.verify;

import org.jspecify.annotations.NullMarked;
