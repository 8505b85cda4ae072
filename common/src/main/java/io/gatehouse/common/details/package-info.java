/**
 * Authorization details (RFC 9396): what a request asks for beside scopes, read strictly and written in one way.
 *
 * <p>It must not know which types there are, nor who may ask for them.
 */
@NullMarked
package io.gatehouse.common.details;

import org.jspecify.annotations.NullMarked;
