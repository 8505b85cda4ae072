/**
 * The servers behind the routes: which one gets a request, and which ones are left alone for a while.
 *
 * <p>It must not know what a request is, nor how it is passed on.
 */
@NullMarked
package io.gatehouse.gateway.proxy.upstream;

import org.jspecify.annotations.NullMarked;
