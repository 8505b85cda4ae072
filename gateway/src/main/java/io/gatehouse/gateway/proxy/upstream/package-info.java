/**
 * The servers behind the routes: which one gets a request, which ones are left alone for a while, and whether a request is sent
 * again.
 *
 * <p>It must not know what is in a request, nor how it is passed on.
 */
@NullMarked
package io.gatehouse.gateway.proxy.upstream;

import org.jspecify.annotations.NullMarked;
