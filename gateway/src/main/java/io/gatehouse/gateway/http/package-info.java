/**
 * HTTP as every endpoint sees it: one exchange in, one reply out; strict reading of headers, bodies and credentials, and
 * the styles in which errors are written.
 *
 * <p>It must not know any endpoint, nor what a vendor calls an error.
 */
@NullMarked
package io.gatehouse.gateway.http;

import org.jspecify.annotations.NullMarked;
